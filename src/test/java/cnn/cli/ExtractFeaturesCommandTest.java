package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractFeaturesCommandTest {
    private static final int FEATURES = 256;

    @TempDir
    private Path folder;

    private Path photos;
    private Path output;

    @BeforeEach
    void makeFolders() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos"));
        output = folder.resolve("f.npy");
    }

    @Test
    void writesTheSameBytesColdAndFromTheCacheAndForEveryBatchSize() throws IOException {
        for (int i = 0; i < 11; i++) {
            picture("cats/" + i + ".png", i);
        }
        Transcript cold = extract(output, "--verbose", photos.toString());
        assertThat(cold.err()).contains("11 images").contains("0 from the cache, 11 computed, 0 failed");
        assertThat(cold.exitCode()).isZero();
        byte[] bytes = Files.readAllBytes(output);
        assertThat(bytes).hasSize(128 + 11 * FEATURES * Float.BYTES);
        Transcript warm = extract(output, "--verbose", photos.toString());
        assertThat(warm.err()).contains("11 from the cache, 0 computed, 0 failed");
        assertThat(output).hasBinaryContent(bytes);
        for (int batch : new int[] {1, 2, 3, 5, 16}) {
            extract(output, "--no-cache", "--batch-size", "" + batch, photos.toString());
            assertThat(output).as("batch size %d", batch).hasBinaryContent(bytes);
        }
    }

    @Test
    void goesOnWhereAnEarlierRunLeftOff() throws IOException {
        for (int i = 0; i < 9; i++) {
            picture(i + ".png", i);
        }
        extract(output, "--no-cache", photos.toString());
        byte[] expected = Files.readAllBytes(output);
        extract(output, photos + "/1.png", photos + "/4.png", photos + "/5.png");
        assertThat(extract(output, "--verbose", photos.toString()).err()).contains("3 from the cache, 6 computed");
        assertThat(output).hasBinaryContent(expected);
    }

    @Test
    void knowsAnImageByItsContentWhereverItLies() throws IOException {
        picture("a.png", 1);
        extract(output, photos + "/a.png");
        Files.createDirectories(photos.resolve("moved"));
        Files.copy(photos.resolve("a.png"), photos.resolve("moved/b.png"));
        Files.copy(photos.resolve("a.png"), photos.resolve("moved/c.png"));
        assertThat(extract(output, "--verbose", photos + "/moved").err()).contains("2 from the cache, 0 computed");
        picture("moved/d.png", 2);
        Files.copy(photos.resolve("moved/d.png"), photos.resolve("moved/e.png"));
        assertThat(extract(output, "--verbose", photos + "/moved").err())
                .as("twice in one batch is computed once")
                .contains("4 images")
                .contains("3 from the cache, 1 computed");
    }

    @Test
    void seesAnEditThatKeepsSizeAndTime() throws IOException {
        Path image = picture("a.png", 1);
        byte[] one = Files.readAllBytes(image);
        byte[] other = sameSize(one.length);
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        List<byte[]> rows = new ArrayList<>();
        for (byte[] content : List.of(one, other, one)) {
            Files.write(image, content);
            Files.setLastModifiedTime(image, longAgo);
            extract(output, "--verify-content", image.toString());
            rows.add(Files.readAllBytes(output));
        }
        assertThat(rows.get(1)).isNotEqualTo(rows.get(0));
        assertThat(rows.get(2)).isEqualTo(rows.get(0));
    }

    @Test
    void whatDecidesTheFeaturesDecidesTheEntry() throws IOException {
        picture("a.png", 1);
        String[][] settings = {
            {},
            {"--pooling", "max"},
            {"--pooling", "none"},
            {"--resize", "bilinear"},
            {"--aspect", "crop"},
            {"--color", "grayscale"},
            {"--auto-orient"},
            {"--input-size", "64"},
            {"--seed", "7"},
            {"--layer", "conv_pw_12_relu"},
            {"--layer", "conv_pw_13_relu", "--layer", "conv_pw_12_relu"},
            {"--layer", "conv_pw_12_relu", "--layer", "conv_pw_13_relu"},
            {"-m", "mobilenet-0.50"},
        };
        for (String[] setting : settings) {
            List<String> args = new ArrayList<>(Arrays.asList(setting));
            args.addAll(List.of("--verbose", photos.toString()));
            assertThat(extract(output, args.toArray(String[]::new)).err())
                    .as("%s", args)
                    .contains("0 from the cache, 1 computed");
            assertThat(extract(output, args.toArray(String[]::new)).err()).contains("1 from the cache, 0 computed");
        }
    }

    @Test
    void aFailedInputIsARowOfNaNAndAnExitCode() throws IOException {
        picture("a.png", 1);
        Files.writeString(photos.resolve("b.png"), "no image");
        picture("c.png", 3);
        Transcript run = extract(output, photos.toString(), photos + "/absent.png");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("b.png: ").contains("absent.png: no such file");
        float[][] rows = rows(4);
        assertThat(rows[0]).doesNotContain(Float.NaN);
        assertThat(rows[1]).containsOnly(Float.NaN);
        assertThat(rows[2]).doesNotContain(Float.NaN);
        assertThat(rows[3]).containsOnly(Float.NaN);
        assertThat(Files.readString(folder.resolve("f.npy.csv")))
                .contains("\n1," + photos + "/b.png,photos,error,\"unsupported_format: ")
                .contains("\n3," + photos + "/absent.png,photos,error,not_found: no such file\n");
    }

    @Test
    void givesTheLayersAskedForInTheirShape() throws IOException {
        picture("a.png", 1);
        assertThat(shape("--layer", "conv_pw_3_relu", "--pooling", "none")).isEqualTo("(1, 8, 8, 32)");
        assertThat(shape("--layer", "conv_pw_3_relu")).isEqualTo("(1, 32)");
        assertThat(shape("--pooling", "none")).isEqualTo("(1, 1, 1, 256)");
        assertThat(shape("--layer", "conv_pw_3_relu", "--layer", "conv_pw_1", "--pooling", "none"))
                .isEqualTo("(1, " + (8 * 8 * 32 + 16 * 16 * 16) + ")");
        assertThat(shape("--layer", "predictions")).isEqualTo("(1, 1000)");
        assertThat(shape("--input-size", "64x96", "--pooling", "none")).isEqualTo("(1, 2, 3, 256)");
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        String image = picture("a.png", 1).toString();
        assertFails(2, "has no layer 'fc2'", "--layer", "fc2", "-o", output.toString(), image);
        assertFails(2, "must end in .npy, .csv, .jsonl, .h5", "-o", folder + "/f.txt", image);
        assertFails(2, "expected one of [NONE, AVG, MAX]", "--pooling", "sum", "-o", output.toString(), image);
        assertFails(2, "Missing required option: '--output=FILE'", image);
        assertFails(2, "cannot write", "-o", folder + "/no/f.npy", image);
        Files.writeString(folder.resolve("file"), "");
        assertFails(2, "cannot use the cache", "-o", output.toString(), "--cache-dir", folder + "/file", image);
        assertFails(3, "no inputs", "-o", output.toString(), "-");
        assertThat(output).doesNotExist();
    }

    @Test
    void showsAndClearsTheCache() throws IOException {
        picture("a.png", 1);
        picture("b.png", 2);
        extract(output, photos.toString());
        String[] place = {"--cache-dir", folder + "/cache"};
        assertThat(Transcript.of("cache", "info", place[0], place[1]).out()).contains("2 images, 0.0 MB");
        assertThat(Transcript.of("cache", "clear", place[0], place[1]).out()).contains("the features of 2 images");
        assertThat(Transcript.of("cache", "info", place[0], place[1]).out()).contains("0 images, 0.0 MB");
        assertThat(extract(output, "--verbose", photos.toString()).err()).contains("2 computed");
    }

    private String shape(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of(options));
        args.add(photos.toString());
        assertThat(extract(output, args.toArray(String[]::new)).err())
                .isEqualTo("1 image, 0 failed -> " + output + "\n");
        String header = new String(Files.readAllBytes(output), 0, 128, StandardCharsets.ISO_8859_1);
        return header.substring(header.indexOf('('), header.indexOf(')') + 1);
    }

    private float[][] rows(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.limit() - count * FEATURES * Float.BYTES);
        float[][] rows = new float[count][FEATURES];
        for (float[] row : rows) {
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + FEATURES * Float.BYTES);
        }
        return rows;
    }

    private void assertFails(int exitCode, String message, String... args) {
        Transcript run = Transcript.of(command(args).toArray(String[]::new));
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private Transcript extract(Path file, String... args) {
        List<String> all = new ArrayList<>(command(args));
        all.addAll(List.of("--cache-dir", folder + "/cache", "-o", file.toString()));
        return Transcript.of(all.toArray(String[]::new));
    }

    /** The command with these arguments, and with a small network where they name none. */
    private static List<String> command(String... args) {
        List<String> all = new ArrayList<>(List.of("extract-features", "--weights", "none"));
        List<String> given = List.of(args);
        if (!given.contains("-m")) {
            all.addAll(List.of("-m", "mobilenet-0.25"));
        }
        if (!given.contains("--input-size")) {
            all.addAll(List.of("--input-size", "32"));
        }
        all.addAll(given);
        return all;
    }

    private Path picture(String name, int seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 30; y++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        Path file = photos.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** Another image of as many bytes. */
    private byte[] sameSize(int bytes) throws IOException {
        byte[] image = Files.readAllBytes(picture("../other.png", 2));
        assertThat(image.length).isLessThanOrEqualTo(bytes + 64);
        return Arrays.copyOf(image, bytes);
    }
}
