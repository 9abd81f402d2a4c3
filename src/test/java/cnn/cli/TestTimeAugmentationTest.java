package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTimeAugmentationTest {

    @TempDir
    Path folder;

    @Test
    void answersWithTheMeanOfAnImageAndItsMirrorImage() throws IOException {
        Path data = TrainingPictures.in(folder.resolve("data"), 2);
        Path picture = data.resolve("left/1.png");
        Path mirrored = mirrored(picture);
        List<Map<Integer, Double>> plain = classify("none", picture, mirrored);
        List<Map<Integer, Double>> flipped = classify("flip", picture, mirrored);
        assertThat(flipped.get(0)).isEqualTo(flipped.get(1)).isNotEqualTo(plain.get(0));
        flipped.get(0).forEach((index, probability) -> assertThat(probability)
                .isCloseTo((plain.get(0).get(index) + plain.get(1).get(index)) / 2, within(1e-6)));
    }

    @Test
    void evaluateComparesWithAndWithout() throws IOException {
        Path data = TrainingPictures.in(folder.resolve("data"), 6);
        String model = folder + "/model.zip";
        assertThat(Transcript.of("train", data.toString(), "-m", "cifar10", "-o", model)
                        .exitCode())
                .isZero();
        Transcript run =
                Transcript.of("evaluate", "-m", model, "--tta", "flip", "--on", "all", "-f", "json", data.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> report = JSON.std.mapFrom(run.out());
        assertThat((List<?>) report.get("models")).hasSize(2);
        assertThat(run.out()).contains("\"first\":\"" + model + "\"", "\"second\":\"" + model + " --tta flip\"");
    }

    private static List<Map<Integer, Double>> classify(String augmentation, Path... pictures) throws IOException {
        Transcript run = Transcript.of(
                "classify",
                "-m",
                "cifar10",
                "-k",
                "10",
                "-f",
                "json",
                "--tta",
                augmentation,
                pictures[0].toString(),
                pictures[1].toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JSON.std.listFrom(run.out()).stream()
                .map(row -> (List<?>) ((Map<?, ?>) row).get("predictions"))
                .map(TestTimeAugmentationTest::byIndex)
                .toList();
    }

    private static Map<Integer, Double> byIndex(List<?> predictions) {
        Map<Integer, Double> found = new HashMap<>();
        for (Object prediction : predictions) {
            Map<?, ?> fields = (Map<?, ?>) prediction;
            found.put((Integer) fields.get("index"), ((Number) fields.get("probability")).doubleValue());
        }
        assertThat(found).hasSize(10);
        return found;
    }

    private Path mirrored(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        BufferedImage other = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                other.setRGB(image.getWidth() - 1 - x, y, image.getRGB(x, y));
            }
        }
        Path file = folder.resolve("mirrored.png");
        ImageIO.write(other, "png", file.toFile());
        return file;
    }
}
