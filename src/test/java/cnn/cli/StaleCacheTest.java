package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits that leave a file's size as it was, and every second time its time of modification too. */
class StaleCacheTest {
    private static final int CONTENTS = 40;
    private static final int FILES = 100;
    private static final int ROUNDS = 40;
    private static final int EDITS_EACH = 50;
    private static final int ROW_BYTES = 256 * Float.BYTES;

    @TempDir
    Path folder;

    @Test
    void twoThousandEditsGiveNoStaleRow() throws IOException {
        Random random = new Random(2);
        byte[][] contents = new byte[CONTENTS][];
        for (int i = 0; i < CONTENTS; i++) {
            contents[i] = bitmap(random);
        }
        byte[][] rows = new byte[CONTENTS][];
        Path reference = Files.createDirectories(folder.resolve("reference"));
        for (int i = 0; i < CONTENTS; i++) {
            Files.write(reference.resolve("%02d.bmp".formatted(i)), contents[i]);
        }
        byte[] expected = extract(reference, "--no-cache");
        for (int i = 0; i < CONTENTS; i++) {
            rows[i] = row(expected, i, CONTENTS);
        }
        int[] content = new int[FILES];
        List<Path> files = new ArrayList<>();
        Path edited = Files.createDirectories(folder.resolve("edited"));
        FileTime longAgo = FileTime.fromMillis(1_500_000_000_000L);
        for (int i = 0; i < FILES; i++) {
            files.add(Files.write(edited.resolve("%02d.bmp".formatted(i)), contents[0]));
        }
        for (int round = 0; round < ROUNDS; round++) {
            boolean sameTime = round % 2 == 1;
            for (int edit = 0; edit < EDITS_EACH; edit++) {
                int file = random.nextInt(FILES);
                FileTime before = Files.getLastModifiedTime(files.get(file));
                content[file] = random.nextInt(CONTENTS);
                Files.write(files.get(file), contents[content[file]]);
                FileTime other = FileTime.fromMillis(longAgo.toMillis() + random.nextInt(1_000_000_000));
                Files.setLastModifiedTime(files.get(file), sameTime ? before : other);
            }
            byte[] found = sameTime ? extract(edited, "--verify-content") : extract(edited);
            for (int file = 0; file < FILES; file++) {
                assertThat(row(found, file, FILES))
                        .as("round %d, file %d", round, file)
                        .isEqualTo(rows[content[file]]);
            }
        }
    }

    private byte[] extract(Path images, String... options) throws IOException {
        List<String> args = new ArrayList<>(
                List.of("extract-features", "-q", "-m", "mobilenet-0.25", "--weights", "none", "--input-size", "32"));
        args.addAll(List.of("--cache-dir", folder + "/cache", "-o", folder + "/f.npy", images.toString()));
        args.addAll(List.of(options));
        Transcript run = Transcript.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return Files.readAllBytes(folder.resolve("f.npy"));
    }

    private static byte[] row(byte[] npy, int row, int rows) {
        int start = npy.length - (rows - row) * ROW_BYTES;
        return Arrays.copyOfRange(npy, start, start + ROW_BYTES);
    }

    /** Not compressed, so that all are of one size. */
    private static byte[] bitmap(Random random) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
            image.setRGB(pixel % 32, pixel / 32, random.nextInt());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "bmp", bytes);
        return bytes.toByteArray();
    }
}
