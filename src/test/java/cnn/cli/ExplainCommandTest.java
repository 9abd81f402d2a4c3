package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.golden.Shared;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.Pixels;
import cnn.image.TestPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String[] RANDOM = {"-m", "mobilenet-0.25", "--weights", "none", "--input-size", "64"};

    @TempDir
    private Path folder;

    @Test
    void drawsTheImageBesideItsHeat() throws Exception {
        Path png = folder.resolve("why.png");
        Transcript run = with("explain", picture(), "--class", "tench", "-o", png.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Pixels drawn = decode(png);
        assertThat(drawn.width()).isGreaterThanOrEqualTo(2 * 120 + 3 * 16);
        assertThat(drawn.height()).isEqualTo(90 + 2 * 16 + 78);
    }

    @Test
    void showsTheWholeLegendBesideANarrowImage() throws Exception {
        Path narrow = TestPicture.write(folder.resolve("narrow.jpg"), 20, 90);
        Path png = folder.resolve("narrow.png");
        assertThat(Transcript.of("explain", "-m", "cifar10", narrow.toString(), "-o", png.toString())
                        .exitCode())
                .isZero();
        Pixels drawn = decode(png);
        int margin = 3 * 16;
        for (int y = drawn.height() - 40; y < drawn.height(); y++) {
            int at = 3 * (y * drawn.width() + drawn.width() - 1);
            for (int i = at - margin / 4; i < at + 3; i++) {
                assertThat(drawn.rgb()[i]).as("nothing at the right border").isEqualTo((byte) -1);
            }
        }
    }

    @Test
    void findsTheElephant() throws Exception {
        Path png = folder.resolve("elephant.png");
        Transcript run = Transcript.of(
                "explain",
                "-m",
                "mobilenet-0.75",
                "--models-dir",
                Shared.path("weights").toString(),
                Shared.path("photos").resolve("elephant_keras_applications.jpg").toString(),
                "-o",
                png.toString());
        assertThat(run.exitCode()).isZero();
        Pixels drawn = decode(png);
        // Both halves are 560 wide: the elephant's middle is hot, which is red, the corner below on the right is not.
        assertThat(redness(drawn, 592 + 300, 16 + 130)).isGreaterThan(redness(drawn, 16 + 300, 16 + 130) + 60);
        assertThat(redness(drawn, 592 + 540, 16 + 360)).isLessThan(redness(drawn, 16 + 540, 16 + 360) + 20);
    }

    @Test
    void refusesWhatItCannotExplain() throws Exception {
        String png = folder.resolve("why.png").toString();
        assertFails(3, "knows no class 'unicorn'", "explain", picture(), "--class", "unicorn", "-o", png);
        assertFails(3, "did you mean daisy or ", "explain", picture(), "--class", "dasy", "-o", png);
        assertFails(2, "gives no feature map", "explain", picture(), "--layer", "reshape_2", "-o", png);
        assertFails(2, "has no layer 'conv99'", "explain", picture(), "--layer", "conv99", "-o", png);
        assertFails(3, "cannot read absent.jpg", "explain", "absent.jpg", "-o", png);
        assertFails(
                2,
                "name that ends in .png",
                "explain",
                picture(),
                "-o",
                folder.resolve("x.jpg").toString());
        assertThat(Files.exists(Path.of(png))).isFalse();
    }

    @Test
    void showsTheFirstFiltersAsTiles() throws Exception {
        Path png = folder.resolve("filters.png");
        assertThat(with("visualize", "--filters", "-o", png.toString()).exitCode())
                .isZero();
        Pixels drawn = decode(png); // eight filters of 3x3, 21 pixels for each number, three columns
        assertThat(drawn.width()).isEqualTo(3 * 63 + 2 * 4);
        assertThat(drawn.height()).isEqualTo(3 * 63 + 2 * 4);
    }

    @Test
    void showsWhatALayerMakesOfAnImage() throws Exception {
        Path png = folder.resolve("maps.png");
        Transcript run = with("visualize", "--activations", "conv_pw_1_relu", picture(), "-o", png.toString());
        assertThat(run.exitCode()).isZero();
        Pixels drawn = decode(png); // sixteen channels of 32x32, two pixels for each number, four columns
        assertThat(drawn.width()).isEqualTo(4 * 64 + 3 * 4);
    }

    @Test
    void asksForWhatIsMissing() throws Exception {
        String png = folder.resolve("x.png").toString();
        assertFails(2, "--activations needs an image", "visualize", "--activations", "conv1", "-o", png);
        assertFails(2, "not an image", "visualize", "--filters", picture(), "-o", png);
        assertFails(2, "gives no feature map", "visualize", "--activations", "predictions", picture(), "-o", png);
        assertFails(2, "--filters", "visualize", "-o", png);
    }

    private static void assertFails(int exitCode, String message, String... args) {
        Transcript run = with(args);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private static Transcript with(String... args) {
        String[] all = new String[args.length + RANDOM.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(RANDOM, 0, all, args.length, RANDOM.length);
        return Transcript.of(all);
    }

    private String picture() throws IOException {
        return TestPicture.write(folder.resolve("picture.jpg"), 120, 90).toString();
    }

    private static Pixels decode(Path png) throws ImageException {
        return new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false).decode(png);
    }

    private static int redness(Pixels pixels, int x, int y) {
        int at = 3 * (y * pixels.width() + x);
        return (pixels.rgb()[at] & 0xff) - (pixels.rgb()[at + 2] & 0xff);
    }
}
