package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.keras.FileNotes;
import cnn.keras.ScalingEvidence;
import cnn.zoo.Preprocessing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KerasScalingTest {
    private static final FileNotes SILENT = says(Optional.empty());
    private static final FileNotes SAYS_UNIT = says(Optional.of("0..1"));

    @Test
    void guessesAndSaysSoWhereNothingTells() {
        KerasScaling guess = scaling(SILENT, evidence(false, "sequential"), Optional.empty());
        assertThat(guess.preprocessing()).isEqualTo(Preprocessing.TF);
        assertThat(guess.note().orElseThrow()).contains("nothing in m.keras tells", "--scale caffe|torch|0..1|0..255");
    }

    @Test
    void believesLayersThenTheFileThenANetworkThatIsRecognised() {
        assertThat(scaling(SAYS_UNIT, evidence(true, "vgg16"), Optional.empty()))
                .isEqualTo(new KerasScaling(Preprocessing.RAW, Optional.empty()));
        assertThat(scaling(SAYS_UNIT, evidence(false, "vgg16"), Optional.empty()))
                .isEqualTo(new KerasScaling(Preprocessing.UNIT, Optional.empty()));
        assertThat(scaling(SILENT, evidence(false, "vgg16"), Optional.empty()))
                .isEqualTo(new KerasScaling(Preprocessing.CAFFE, Optional.empty()));
    }

    @Test
    void doesWhatTheUserSays() {
        assertThat(scaling(SAYS_UNIT, evidence(false, "vgg16"), Optional.of(Preprocessing.TORCH)))
                .isEqualTo(new KerasScaling(Preprocessing.TORCH, Optional.empty()));
        assertThat(scaling(SILENT, evidence(true, "m"), Optional.of(Preprocessing.UNIT))
                        .note()
                        .orElseThrow())
                .contains("m.keras has layers that scale pixels; --scale 0..1 scales them once more");
    }

    private static FileNotes says(Optional<String> scaling) {
        return new FileNotes(
                Optional.empty(), scaling, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ScalingEvidence evidence(boolean inside, String nested) {
        return new ScalingEvidence(inside, Optional.empty(), List.of("outer", nested), List.of("dense"));
    }

    private static KerasScaling scaling(FileNotes notes, ScalingEvidence evidence, Optional<Preprocessing> given) {
        return KerasScaling.of("m.keras", notes, evidence, given);
    }
}
