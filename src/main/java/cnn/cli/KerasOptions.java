package cnn.cli;

import cnn.UserError;
import cnn.keras.FileKind;
import cnn.model.KerasRequest;
import cnn.model.LastLayer;
import cnn.model.ModelRequest;
import cnn.zoo.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What there is to say of a file that Keras saved, where it does not say it itself. */
final class KerasOptions {
    private static final Set<String> ONLY_OF_KERAS_FILES = Set.of("--last-layer", "--output-layer");

    @Option(
            names = "--scale",
            paramLabel = "tf|caffe|torch|0..1|0..255",
            converter = ScaleConverter.class,
            description =
                    "How pixels are scaled for a Keras file: tf (-1..1), caffe and torch as Keras's preprocess_input, "
                            + "or 0..255 where the model does it itself. Default: told by its layers, by what cnn wrote into it, or "
                            + "by the network of Keras Applications in it; else tf, and a line says so.")
    private Preprocessing scale;

    @Option(
            names = "--last-layer",
            paramLabel = "logits|probabilities",
            description =
                    "What the last layer of a Keras file gives. Default: told by the loss that it was compiled with; "
                            + "else logits where the layer has no activation, and a line says so.")
    private LastLayer lastLayer;

    @Option(names = "--output-layer", paramLabel = "NAME", description = "Which output of a Keras file with several.")
    private String outputLayer;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "The names of the classes: one a line in the order of the outputs, or Keras's index as JSON.")
    private Path labels;

    /**
     * @param file whole model that {@code -m} names
     * @param anyNetwork whether {@code -m} names no network
     */
    KerasRequest request(Optional<Path> file, boolean anyNetwork) {
        return new KerasRequest(
                file,
                anyNetwork,
                Optional.ofNullable(scale),
                Optional.ofNullable(lastLayer),
                Optional.ofNullable(outputLayer),
                Optional.ofNullable(labels));
    }

    /**
     * Refuses what says nothing of a model that is no file of Keras's: a saved model has all this itself, a network by name may
     * have its pixels scaled otherwise and its classes named otherwise.
     */
    void refuseFor(ModelRequest request) {
        List<String> given = words();
        boolean saved = request.savedModel().filter(KerasOptions::isSaved).isPresent();
        for (int i = 0; i < given.size(); i += 2) {
            if (saved || ONLY_OF_KERAS_FILES.contains(given.get(i))) {
                throw UserError.usage("%s goes with a file that Keras saved, which %s is not"
                        .formatted(given.get(i), request.name()));
            }
        }
    }

    /** Of a file that is nothing known whoever opens it says so. */
    private static boolean isSaved(Path file) {
        try {
            return FileKind.of(file) == FileKind.SAVED_MODEL;
        } catch (IOException e) {
            return false;
        }
    }

    /** These options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (scale != null) {
            words.addAll(List.of("--scale", scale.word()));
        }
        if (lastLayer != null) {
            words.addAll(List.of("--last-layer", lastLayer.name().toLowerCase(Locale.ROOT)));
        }
        if (outputLayer != null) {
            words.addAll(List.of("--output-layer", outputLayer));
        }
        if (labels != null) {
            words.addAll(List.of("--labels", labels.toString()));
        }
        return words;
    }

    private static final class ScaleConverter implements ITypeConverter<Preprocessing> {
        @Override
        public Preprocessing convert(String value) {
            return Preprocessing.named(value.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is none of tf, caffe, torch, 0..1, 0..255".formatted(value)));
        }
    }
}
