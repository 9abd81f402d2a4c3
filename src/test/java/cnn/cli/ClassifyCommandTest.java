package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read the tests as transcripts: what is typed, what is printed. */
class ClassifyCommandTest {
    private static final Path WEIGHTS = Path.of("../shared/weights");
    private static final String[] RANDOM = {
        "classify", "-m", "mobilenet-0.25", "--weights", "none", "--input-size", "32"
    };

    @TempDir
    private Path folder;

    @Test
    void namesWhatIsOnAPhoto() {
        assumeTrue(Files.exists(WEIGHTS), "../shared/weights is not here");
        Transcript run = Transcript.of(
                "classify",
                "-m",
                "MobileNet_0.25",
                "-k",
                "2",
                "--models-dir",
                WEIGHTS.toString(),
                "../shared/photos/elephant_keras_applications.jpg");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo("../shared/photos/elephant_keras_applications.jpg: African_elephant (89.68%)\n"
                        + "    tusker (8.63%)\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void writesJsonLinesWithEveryKeyOfTheContract() throws IOException {
        String picture = picture("a b.png");
        Transcript run = classify("-f", "jsonl", "-k", "1", picture, "absent.jpg");
        assertThat(run.lines().get(0))
                .matches("\\{\"input\":\"\\Q" + picture + "\\E\",\"status\":\"ok\",\"model\":\"mobilenet-0.25\","
                        + "\"predictions\":\\[\\{\"rank\":1,\"class_id\":\"n\\d{8}\",\"label\":\"[^\"]+\","
                        + "\"index\":\\d+,\"probability\":0\\.\\d{6,}}]}");
        assertThat(run.lines().get(1))
                .startsWith(
                        "{\"input\":\"absent.jpg\",\"status\":\"error\",\"error\":{\"code\":\"not_found\",\"message\":");
        assertThat(run.lines()).hasSize(2);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void writesOneArrayOfJson() throws IOException {
        Transcript run = classify("-f", "json", picture("1.png"), picture("2.png"));
        assertThat(run.out())
                .startsWith("[\n{\"input\":")
                .contains("},\n{\"input\":")
                .endsWith("}\n]\n");
    }

    @Test
    void writesCsvWithARowForEachPredictionAndOneForEachFailure() throws IOException {
        Transcript run = classify("-f", "csv", "-k", "3", picture("with,comma.png"), "absent.jpg");
        assertThat(run.lines()).hasSize(1 + 3 + 1);
        assertThat(run.lines().get(0)).isEqualTo("input,status,rank,class_id,label,index,probability,error");
        assertThat(run.lines().get(1)).startsWith("\"" + folder + "/with,comma.png\",ok,1,n");
        assertThat(run.lines().get(4)).startsWith("absent.jpg,error,,,,,,not_found: ");
    }

    @Test
    void saysWhichAnswersAreBelowAThreshold() throws IOException {
        String picture = picture("1.png");
        String plain = classify("-f", "jsonl", "-k", "2", picture).out();
        double probability = Double.parseDouble(plain.replaceFirst("(?s).*?\"probability\":([0-9.]+).*", "$1"));
        String below = String.valueOf(probability * 0.99);
        String above = String.valueOf(probability * 1.01);
        assertThat(classify("-f", "jsonl", "-k", "2", "--threshold", above, picture)
                        .out())
                .isEqualTo(plain.replace(",\"predictions\"", ",\"accepted\":false,\"predictions\""));
        assertThat(classify("-f", "jsonl", "-k", "2", "--threshold", below, picture)
                        .out())
                .contains(",\"accepted\":true,\"predictions\"");
        assertThat(classify("-f", "csv", "-k", "1", "--threshold", above, picture, "absent.jpg")
                        .lines())
                .satisfiesExactly(
                        header -> assertThat(header).endsWith(",probability,error,accepted"),
                        row -> assertThat(row).endsWith(",,false"),
                        failed -> assertThat(failed).contains(",error,").endsWith(","));
        String text = classify("-k", "1", picture).out();
        assertThat(classify("-k", "1", "--threshold", above, picture).out())
                .isEqualTo(picture + ": unknown\n" + text.replace(picture + ": ", "    "));
        assertThat(classify("-k", "1", "--threshold", below, picture).out()).isEqualTo(text);
        assertThat(classify("--threshold", "1.5", picture).exitCode()).isEqualTo(2);
    }

    @Test
    void takesTheFormatFromTheSuffixAndMovesTheFileIntoPlace() throws IOException {
        Path rows = folder.resolve("out/rows.jsonl");
        Files.createDirectories(rows.getParent());
        Files.writeString(rows, "old");
        assertThat(classify("-o", rows.toString(), picture("1.png")).out()).isEmpty();
        assertThat(Files.readString(rows)).startsWith("{\"input\":").endsWith("}\n");
        try (Stream<Path> files = Files.list(rows.getParent())) {
            assertThat(files).containsExactly(rows);
        }
    }

    @Test
    void takesNoSuffixForAFormatThatItIsNot() throws IOException {
        String picture = picture("1.png");
        Path table = folder.resolve("rows.xlsx");
        assertFails(
                2,
                "cnn: %s: no format has the suffix .xlsx; there are .txt, .json, .jsonl and .csv, or name one with -f\n"
                        .formatted(table),
                with("-o", table.toString(), picture));
        assertThat(table).doesNotExist();
        assertThat(classify("-f", "csv", "-o", table.toString(), picture).exitCode())
                .isZero();
        assertThat(table).content().startsWith("input,status,");
        for (String name : List.of("rows", "rows.txt", "rows.TXT", ".rows")) {
            assertThat(classify("-k", "1", "-o", folder.resolve(name).toString(), picture)
                            .exitCode())
                    .isZero();
            assertThat(folder.resolve(name)).content().startsWith(picture + ": ");
        }
        assertThat(classify("-k", "1", "-o", "/dev/stdout", picture).out()).startsWith(picture + ": ");
    }

    @Test
    void saysAtTheEndWhatIsInTheFile() throws IOException {
        String rows = folder.resolve("rows.csv").toString();
        assertThat(classify("-o", rows, picture("1.png")).err()).isEqualTo("1 image, 0 failed -> " + rows + "\n");
        assertThat(classify("-o", rows, picture("1.png"), "absent.png").err())
                .isEqualTo("2 images, 1 failed -> " + rows + "\n");
        assertThat(classify("-q", "-o", rows, picture("1.png")).err()).isEmpty();
    }

    @Test
    void writesToANamedPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.csv");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(classify("-o", pipe.toString(), picture("1.png")).exitCode()).isZero();
        assertThat(read.join()).startsWith("input,status,");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void readsPathsFromStandardInput() throws IOException {
        String newline = picture("new\nline.png");
        String plain = picture("plain.png");
        List<String> lines = Transcript.withInput(plain + "\n\n" + plain, with("-f", "jsonl", "-"))
                .lines();
        assertThat(lines).hasSize(2);
        Transcript nul = Transcript.withInput(newline + "\0" + plain + "\0", with("-0", "-f", "jsonl", "-"));
        assertThat(nul.lines()).hasSize(2);
        assertThat(nul.lines().get(0)).contains("new\\nline.png").contains("\"ok\"");
    }

    @Test
    void keepsTheOrderOfInputsWhateverTheBatchSize() throws IOException {
        for (int i = 0; i < 9; i++) {
            picture(i + ".png");
        }
        List<String> whole = classify("-f", "jsonl", folder.toString()).lines();
        for (int batch : new int[] {1, 2, 5, 9, 64}) {
            List<String> lines = classify("-f", "jsonl", "--batch-size", "" + batch, folder.toString())
                    .lines();
            assertThat(lines.stream().map(ClassifyCommandTest::input))
                    .containsExactlyElementsOf(
                            whole.stream().map(ClassifyCommandTest::input).toList());
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheCommandLine() {
        assertFails(2, "cnn: there is no network 'vg16'; did you mean vgg16", "classify", "-m", "vg16", "x.jpg");
        assertFails(2, "Missing required parameter: 'INPUT'", "classify");
        assertFails(2, "unknown resize mode 'cubic'", "classify", "--resize", "cubic", "x.jpg");
        assertFails(2, "'12 px' is no size", "classify", "--input-size", "12 px", "x.jpg");
        assertFails(2, "--batch-size must be at least 1", with("--batch-size", "0", "x.jpg"));
        assertFails(2, "--top must be at least 1", with("-k", "0", "x.jpg"));
        assertFails(2, "Unknown option", with("--resise", "nearest", "x.jpg"));
        assertFails(3, "needs images of at least 32x32", "classify", "--weights", "none", "--input-size", "8", "x.jpg");
    }

    @Test
    void refusesAnOutputThatCannotBeWrittenBeforeTheNetworkIsLoaded() {
        String[] absent = {"classify", "-m", "vgg16", "--offline", "-o", folder + "/no/rows.csv", "x.jpg"};
        assertFails(2, "cannot write", absent);
        assertFails(2, "it is a folder", "classify", "-m", "vgg16", "--offline", "-o", folder.toString(), "x.jpg");
    }

    @Test
    void saysWhichWeightFileToPutWhere() {
        Transcript run =
                Transcript.of("classify", "-m", "vgg16", "--offline", "--models-dir", folder.toString(), "x.jpg");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("vgg16_weights_tf_dim_ordering_tf_kernels.h5")
                .contains(folder.toString());
        assertThat(run.err().lines()).hasSize(1);
    }

    private Transcript classify(String... more) {
        return Transcript.of(with(more));
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(RANDOM), Stream.of(more)).toArray(String[]::new);
    }

    private static void assertFails(int exitCode, String message, String... args) {
        Transcript run = Transcript.of(args);
        assertThat(run.err()).contains(message);
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private static String input(String row) {
        return row.substring(0, row.indexOf("\",\"status\""));
    }

    private String picture(String name) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 30; y++) {
                image.setRGB(x, y, name.hashCode() * (x + 1) + y * 70_000);
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file.toString();
    }
}
