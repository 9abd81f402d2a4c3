package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.Pixels;
import cnn.image.ResizeMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentCommandTest {
    private static final String DAISY = "sample-images/daisy.jpg";
    private static final int GAP = 4;

    @TempDir
    Path dir;

    @Test
    void writesNineResizedPicturesInThreeRows() throws Exception {
        Pixels sheet = sheet("--augment", "none", "--input-size", "20x30");
        assertThat(sheet.width()).isEqualTo(3 * 30 + 2 * GAP);
        assertThat(sheet.height()).isEqualTo(3 * 20 + 2 * GAP);
        float[] nhwc = new float[3 * 20 * 30];
        Pixels daisy = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false).decode(Path.of(DAISY));
        Loading.of(ResizeMode.NEAREST).load(daisy, 20, 30, nhwc, 0);
        Pixels expected = Pixels.of(nhwc, 20, 30);
        for (int cell = 0; cell < 9; cell++) {
            assertThat(cell(sheet, cell, 20, 30)).as("cell %d", cell).isEqualTo(expected.rgb());
        }
        assertThat(sheet.rgb()[3 * 31] & 0xff).as("between the pictures").isEqualTo(255);
    }

    @Test
    void showsNineDifferentPicturesThatTheSeedDecides() throws Exception {
        String[] options = {"--augment", "rotate:0.1,zoom:0.2", "--input-size", "32"};
        Pixels sheet = sheet(options);
        Set<String> different = new HashSet<>();
        for (int cell = 0; cell < 9; cell++) {
            different.add(Arrays.toString(cell(sheet, cell, 32, 32)));
        }
        assertThat(different).hasSize(9);
        assertThat(sheet(options).rgb()).isEqualTo(sheet.rgb());
        assertThat(sheet("--augment", "rotate:0.1,zoom:0.2", "--input-size", "32", "--seed", "43")
                        .rgb())
                .isNotEqualTo(sheet.rgb());
    }

    @Test
    void refusesInOneLineAndLeavesNothing() throws Exception {
        assertRefused(2, "'spin' is no augmentation", DAISY, "--augment", "spin", "-o", place("a.png"));
        assertRefused(2, "a name that ends in .png", DAISY, "--augment", "flip", "-o", place("a.jpg"));
        assertRefused(
                2, "too much to look at", DAISY, "--augment", "flip", "-o", place("a.png"), "--input-size", "9999");
        assertRefused(2, "cannot write", DAISY, "--augment", "flip", "-o", place("no/a.png"));
        assertRefused(3, "cannot read absent.jpg", "absent.jpg", "--augment", "flip", "-o", place("a.png"));
        Path text = Files.writeString(dir.resolve("text.jpg"), "no image");
        assertRefused(3, "cannot read " + text, text.toString(), "--augment", "flip", "-o", place("a.png"));
        try (var left = Files.list(dir)) {
            assertThat(left).containsExactly(text);
        }
    }

    private static void assertRefused(int exitCode, String message, String... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "augment";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Transcript run = Transcript.of(words);
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).as(message).isEqualTo(exitCode);
    }

    private Pixels sheet(String... options) throws Exception {
        String[] words = new String[options.length + 4];
        String place = place("sheet.png");
        System.arraycopy(new String[] {"augment", DAISY, "-o", place}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        Transcript run = Transcript.of(words);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false).decode(Path.of(place));
    }

    private String place(String name) {
        return dir.resolve(name).toString();
    }

    private static byte[] cell(Pixels sheet, int index, int height, int width) {
        byte[] cell = new byte[3 * height * width];
        int left = index % 3 * (width + GAP);
        int top = index / 3 * (height + GAP);
        for (int y = 0; y < height; y++) {
            System.arraycopy(sheet.rgb(), 3 * ((top + y) * sheet.width() + left), cell, 3 * y * width, 3 * width);
        }
        return cell;
    }
}
