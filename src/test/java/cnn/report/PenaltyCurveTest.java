package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.image.ImageDecoder;
import cnn.image.Pixels;
import cnn.linear.LinearHeadSearch.Tried;
import cnn.metrics.Interval;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PenaltyCurveTest {
    private static final PenaltyCurve CURVE = new PenaltyCurve(
            List.of(
                    new Tried(1e-5, 0.5, new Interval(0.25, 0.75), 0.625),
                    new Tried(0.01, 0.875, new Interval(0.75, 0.9375), 0.25),
                    new Tried(10, 0.75, new Interval(0.5, 0.8125), 0.375)),
            Optional.of(0.01));

    @TempDir
    private Path folder;

    @Test
    void isReadFromTheRowsBesideAModel() throws Exception {
        assertThat(CURVE.csv().lines())
                .containsExactly(
                        "penalty,cv_loss,cv_accuracy,cv_accuracy_low,cv_accuracy_high,chosen",
                        "0.00001,0.625000000,0.500000000,0.250000000,0.750000000,0",
                        "0.01,0.250000000,0.875000000,0.750000000,0.937500000,1",
                        "10,0.375000000,0.750000000,0.500000000,0.812500000,0");
        Files.writeString(folder.resolve("m.zip.history.csv"), CURVE.csv());
        TrainingCurves read = TrainingCurves.beside(folder.resolve("m.zip")).orElseThrow();
        assertThat(read).isInstanceOf(PenaltyCurve.class);
        assertThat(((PenaltyCurve) read).csv()).isEqualTo(CURVE.csv());
        assertThat(read.png()).isEqualTo(CURVE.png());
        Files.writeString(folder.resolve("m.zip.history.csv"), "penalty,cv_loss\n1,2\n");
        assertThatThrownBy(() -> TrainingCurves.beside(folder.resolve("m.zip"))).hasMessageContaining("is no history");
    }

    @Test
    void marksWhatWasChosen() throws Exception {
        Pixels png = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false).decode(CURVE.png());
        assertThat(png.width()).isEqualTo(1280);
        assertThat(png.height()).isEqualTo(960);
        String svg = new String(CURVE.chart().svg(Theme.DARK), StandardCharsets.UTF_8);
        assertThat(svg).contains(">chosen: C = 0.01<", ">cross-validated accuracy<", ">1e-5<", ">1e0<");
        assertThat(new PenaltyCurve(List.of(), Optional.empty()).png()).isNotEmpty();
    }
}
