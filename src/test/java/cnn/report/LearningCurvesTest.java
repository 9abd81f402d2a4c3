package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.image.ImageDecoder;
import cnn.image.Pixels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {
    private static final String HISTORY = "epoch,loss,accuracy,val_loss,val_accuracy\n"
            + "1,0.6931,0.5,0.61,0.70\n2,0.4102,0.8,0.45,0.83\n3,0.2044,0.93,0.47,0.85\n";

    @TempDir
    private Path folder;

    @Test
    void readsTheHistoryBesideAModel() throws Exception {
        Path model = folder.resolve("pets.cnn");
        assertThat(TrainingCurves.beside(model)).isEmpty();
        Files.writeString(folder.resolve("pets.cnn.history.csv"), HISTORY);
        LearningCurves curves = (LearningCurves) TrainingCurves.beside(model).orElseThrow();
        assertThat(curves.epochs()).hasSize(3);
        assertThat(curves.epochs().get(1)).isEqualTo(new LearningCurves.Epoch(2, 0.4102, 0.8, 0.45, 0.83));
    }

    @Test
    void refusesWhatIsNoHistory() throws Exception {
        Path file = folder.resolve("x.csv");
        for (String text : new String[] {"a,b\n1,2\n", HISTORY + "4,0.1\n", HISTORY.replace("0.5", "half")}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> TrainingCurves.read(file)).hasMessageContaining("is no history");
        }
    }

    @Test
    void marksTheEpochThatIsSavedByItsNumber() throws Exception {
        Files.writeString(folder.resolve("m.history.csv"), HISTORY.replace("\n3,", "\n12,"));
        LearningCurves curves =
                (LearningCurves) TrainingCurves.beside(folder.resolve("m")).orElseThrow();
        assertThat(svg(curves)).contains(">best: epoch 2<");
        assertThat(svg(curves.keeping(12))).contains(">best: epoch 12<").doesNotContain("epoch 2<");
        Files.writeString(
                folder.resolve("m.history.csv"), HISTORY.replace("\n1,0.6931,0.5,0.61", "\n0,0.6931,0.5,0.41"));
        assertThat(svg(TrainingCurves.beside(folder.resolve("m")).orElseThrow()))
                .as("the model as it was before")
                .contains(">best: epoch 0<");
    }

    private static String svg(TrainingCurves curves) {
        return new String(curves.chart().svg(Theme.LIGHT), StandardCharsets.UTF_8);
    }

    @Test
    void drawsPngAndSvgInBothThemes() throws Exception {
        Files.writeString(folder.resolve("m.history.csv"), HISTORY);
        TrainingCurves curves = TrainingCurves.beside(folder.resolve("m")).orElseThrow();
        Pixels png = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false).decode(curves.png());
        assertThat(png.width()).isEqualTo(1280);
        assertThat(png.height()).isEqualTo(960);
        assertThat(png.rgb()[0]).as("white").isEqualTo((byte) -1);
        String light = new String(curves.chart().svg(Theme.LIGHT), StandardCharsets.UTF_8);
        String dark = new String(curves.chart().svg(Theme.DARK), StandardCharsets.UTF_8);
        assertThat(light).contains("<svg").contains(">validation<").contains("viewBox=\"0 0 640 480\"");
        assertThat(light).as("the lowest validation loss").contains(">best: epoch 2<");
        assertThat(dark).contains(">accuracy<").isNotEqualTo(light);
    }
}
