package cnn.model;

import cnn.keras.FileNotes;
import cnn.keras.ScalingEvidence;
import cnn.zoo.Preprocessing;
import cnn.zoo.RecognisedNetwork;
import java.util.Optional;

/**
 * How the pixels for a Keras model are scaled, and what the user should know of it.
 *
 * @param note empty where there is evidence enough
 */
record KerasScaling(Preprocessing preprocessing, Optional<String> note) {

    /**
     * By what the user says; else by layers of the model that scale; else by what the file says; else by the network of Keras
     * Applications that it is made of. Where nothing tells it is from -1 to 1, as for most of these.
     *
     * @param name of the model, for the note
     */
    static KerasScaling of(String name, FileNotes notes, ScalingEvidence evidence, Optional<Preprocessing> given) {
        if (given.isPresent()) {
            boolean twice = evidence.inside() && given.get() != Preprocessing.RAW;
            return new KerasScaling(
                    given.get(),
                    twice
                            ? Optional.of("%s has layers that scale pixels; --scale %s scales them once more before"
                                    .formatted(name, given.get().word()))
                            : Optional.empty());
        }
        Optional<Preprocessing> told = evidence.inside()
                ? Optional.of(Preprocessing.RAW)
                : notes.scaling().flatMap(Preprocessing::named).or(() -> RecognisedNetwork.in(
                                evidence.models(), evidence.layers())
                        .map(RecognisedNetwork::preprocessing));
        return told.map(scaling -> new KerasScaling(scaling, Optional.empty()))
                .orElseGet(() -> new KerasScaling(
                        Preprocessing.TF,
                        Optional.of(
                                "nothing in %s tells how pixels are scaled; from -1 to 1 is taken: if it was trained "
                                                .formatted(name)
                                        + "otherwise, --scale caffe|torch|0..1|0..255")));
    }
}
