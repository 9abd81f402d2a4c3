package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.confidence.ConformalScores;
import cnn.confidence.Temperature;
import cnn.model.Models;
import cnn.model.SavedModel;
import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What classify says of how far its answers can be trusted. */
class CertaintyCommandTest {
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";

    @TempDir
    Path folder;

    private Path data;
    private String model;

    /** Pictures some of which lie in the folder of the other class, so that the model is wrong now and then. */
    @BeforeEach
    void train() throws IOException {
        data = TrainingPictures.in(folder.resolve("data"), 24);
        for (int i = 0; i < 6; i++) {
            TrainingPictures.picture(data.resolve("left/odd" + i + ".png"), 500 + i, false);
            TrainingPictures.picture(data.resolve("right/odd" + i + ".png"), 600 + i, true);
        }
        model = folder.resolve("m.zip").toString();
        assertThat(train("--novelty").exitCode()).isZero();
    }

    @Test
    void rowsGainKeysAndPlainProbabilitiesStay() throws IOException {
        List<Map<String, Object>> plain = rows();
        List<Map<String, Object>> all = rows("--coverage", "0.8", "--novelty", "--threshold", "0.6");
        assertThat(plain.get(0).keySet()).containsExactly("input", "status", "model", "predictions");
        assertThat(all.get(0).keySet())
                .containsExactly(
                        "input", "status", "model", "accepted", "novel", "novelty", "conformal_set", "predictions");
        ConformalScores scores = saved().calibration().orElseThrow().scores();
        for (int i = 0; i < plain.size(); i++) {
            assertThat(all.get(i).get("predictions")).isEqualTo(plain.get(i).get("predictions"));
            float[] row = probabilities(plain.get(i));
            List<String> expected = new ArrayList<>();
            for (int index : ConformalScores.set(row, scores.least(0.8))) {
                expected.add(saved().classes().get(index));
            }
            assertThat(all.get(i)).containsEntry("conformal_set", expected);
            assertThat((Double) all.get(i).get("novelty") > 1)
                    .isEqualTo(all.get(i).get("novel"));
        }
    }

    @Test
    void calibratedProbabilitiesAreAtTheStoredTemperature() throws IOException {
        Temperature temperature = saved().calibration().orElseThrow().temperature();
        assertThat(temperature).isNotEqualTo(Temperature.ONE);
        List<Map<String, Object>> plain = rows();
        List<Map<String, Object>> calibrated = rows("--calibrated");
        List<Map<String, Object>> sets = rows("--calibrated", "--coverage", "0.8");
        List<Map<String, Object>> plainSets = rows("--coverage", "0.8");
        for (int i = 0; i < plain.size(); i++) {
            assertThat(calibrated.get(i)).containsEntry("temperature", temperature.value());
            assertThat(probabilities(calibrated.get(i)))
                    .containsExactly(temperature.apply(probabilities(plain.get(i))), within(1e-6f));
            assertThat(sets.get(i).get("conformal_set"))
                    .isEqualTo(plainSets.get(i).get("conformal_set"));
        }
    }

    @Test
    void textAndCsvSayItToo() throws IOException {
        String picture = data.resolve("left/1.png").toString();
        String text = classify("--coverage", "0.8", picture).out();
        assertThat(text)
                .matches("\\Q" + picture
                        + "\\E: \\S+ \\(.*%\\)\n    \\S+ \\(.*%\\)\n    80% set: (none|left|right|left, right)\n");
        List<String> csv = classify("-f", "csv", "--coverage", "0.8", "--novelty", picture, "absent.png")
                .lines();
        assertThat(csv.get(0)).endsWith(",probability,error,conformal_set,novel,novelty");
        assertThat(csv.get(1)).matches(".*,,(\\[\\]|\"\\[\"\".*\"\"\\]\"),(true|false),\\d.*");
        assertThat(csv.get(3)).startsWith("absent.png,error,").endsWith(",,,");
    }

    @Test
    void saysWhereThereAreTooFewImagesForALevel() throws IOException {
        Transcript run = classify("-f", "jsonl", "--coverage", "0.99", data.toString());
        assertThat(run.err())
                .startsWith(
                        "cnn: --coverage 0.99 takes 99 images held back from training, %s has 12: every set is all classes\n"
                                .formatted(model));
        assertThat(run.lines()).allMatch(row -> row.contains("\"conformal_set\":[\"left\",\"right\"]"));
    }

    @Test
    void refusesInOneLineWhatAModelDoesNotHold() {
        Path plain = folder.resolve("plain.zip");
        String picture = data.resolve("left/1.png").toString();
        train("-o", plain.toString());
        assertRefused(
                "--novelty: " + plain + " holds nothing of the images", "-m", plain.toString(), "--novelty", picture);
        assertRefused("--calibrated: cifar10 holds no calibration; it was", "-m", "cifar10", "--calibrated", picture);
        assertRefused("--coverage: tiny holds no calibration; models that", "-m", TINY, "--coverage=0.9", picture);
        assertRefused("--coverage must be above 0 and below 1, not 1.0", "-m", model, "--coverage=1", picture);
        assertRefused("--coverage must be above 0 and below 1, not NaN", "-m", model, "--coverage=NaN", picture);
        assertRefused("--novelty looks at the image as it is", "-m", model, "--novelty", "--tta=flip", picture);
    }

    @Test
    void novelIsWhatIsUnlikeTheTrainingImages() throws IOException {
        Path flat = folder.resolve("flat.png");
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 32; x++) {
            for (int y = 0; y < 32; y++) {
                image.setRGB(x, y, y < 16 ? 0xff0000 : 0x0000ff);
            }
        }
        ImageIO.write(image, "png", flat.toFile());
        assertThat(rows("--novelty").stream().filter(row -> (Boolean) row.get("novel")))
                .hasSizeLessThan(6);
        Map<String, Object> other = JSON.std.mapFrom(
                classify("-f", "jsonl", "--novelty", flat.toString()).out());
        assertThat(other).containsEntry("novel", true);
        assertThat(classify("--novelty", flat.toString()).out()).containsPattern("%\\), novel \\(\\d+\\.\\d\\d\\)\n");
    }

    @Test
    void evaluateTellsLossAndErrorBeforeAndAfter() throws IOException {
        Map<String, Object> plain = evaluated();
        Map<String, Object> calibrated = evaluated("--calibrated");
        Map<?, ?> before = (Map<?, ?>) plain.get("temperature_scaling");
        assertThat(before.get("loss_before")).isEqualTo(plain.get("loss"));
        assertThat(before.get("loss_after")).isEqualTo(calibrated.get("loss"));
        assertThat((Double) before.get("loss_after")).isLessThan((Double) before.get("loss_before"));
        assertThat(before.get("calibration_error_before")).isEqualTo(plain.get("calibration_error"));
        assertThat(before.get("calibration_error_after")).isEqualTo(calibrated.get("calibration_error"));
        assertThat(((Map<?, ?>) calibrated.get("temperature_scaling")).get("applied"))
                .isEqualTo(true);
        assertThat(calibrated.get("accuracy")).isEqualTo(plain.get("accuracy"));
        Map<?, ?> accepted = (Map<?, ?>) plain.get("threshold_for_99");
        if (accepted != null) {
            assertThat((Double) accepted.get("accuracy")).isGreaterThanOrEqualTo(0.99);
        }
        String text = Transcript.of("evaluate", "-m", model, data.toString()).out();
        assertThat(text)
                .containsPattern(
                        "\nECE       \\d\\.\\d{4}  \\(\\d\\.\\d{4} at the model's temperature, \\S+: --calibrated\\)\n")
                .containsPattern("\n99 %      right with");
        Transcript other = Transcript.of("evaluate", "-m", "cifar10", "--calibrated", data.toString());
        assertThat(other.exitCode()).isEqualTo(2);
    }

    @Test
    void summaryAndCopiesAndExportsSayWhatBecomesOfIt() throws IOException {
        assertThat(Transcript.of("summary", model).out())
                .containsPattern(
                        "\nCalibration: temperature \\S+, by 12 validation images; for --calibrated, --coverage\n")
                .containsPattern("\nNovelty: 48 training images, 128 features each, of layer \\S+; for --novelty\n");
        Map<String, Object> summary =
                JSON.std.mapFrom(Transcript.of("summary", model, "-f", "json").out());
        assertThat((Map<?, ?>) summary.get("calibration")).hasSize(4);
        assertThat(((Map<?, ?>) summary.get("novelty")).get("rows")).isEqualTo(48);
        Transcript export = Transcript.of("export", model, "-o", folder + "/m.keras");
        assertThat(export.err())
                .isEqualTo("cnn: " + model
                        + " holds a calibration, for which Keras files have no place: --calibrated, --coverage "
                        + "and --novelty need that file\n");
        assertThat(export.exitCode()).isZero();
    }

    @Test
    void fineTuningMakesItsOwnAndSaysThatRowsAreNotKept() {
        Path tuned = folder.resolve("tuned.zip");
        Transcript plain = finetune(tuned);
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.err())
                .contains("the rows that " + model + " has for classify --novelty are of its own features");
        assertThat(Models.describe(tuned).calibration()).isPresent();
        assertThat(Transcript.of("classify", "-m", tuned.toString(), "--novelty", data.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(finetune(tuned, "--novelty", "--overwrite").err()).doesNotContain("the rows that");
        assertThat(Transcript.of("classify", "-m", tuned.toString(), "--novelty", data.toString())
                        .exitCode())
                .isZero();
    }

    private Transcript finetune(Path to, String... options) {
        List<String> words = new ArrayList<>(List.of("finetune", "--from", model, "--unfreeze", "all"));
        words.addAll(
                List.of("--finetune-epochs", "1", "--cache-dir", folder + "/cache", data.toString(), "-o", "" + to));
        words.addAll(List.of(options));
        return Transcript.of(words.toArray(String[]::new));
    }

    private Map<String, Object> evaluated(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("evaluate", "-m", model, "-f", "json", data.toString()));
        words.addAll(List.of(options));
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JSON.std.mapFrom(run.out());
    }

    @Test
    void anotherNoveltyIsAnotherTraining() {
        Transcript without = train("--resume");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("is of a training with novelty 2000, not none");
        assertThat(train("--novelty", "--resume").err()).contains("done already");
    }

    private void assertRefused(String words, String... args) {
        List<String> all = new ArrayList<>(List.of("classify"));
        all.addAll(List.of(args));
        Transcript run = Transcript.of(all.toArray(String[]::new));
        assertThat(run.err()).startsWith("cnn: " + words).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private SavedModel saved() {
        return Models.describe(Path.of(model));
    }

    private static float[] probabilities(Map<String, Object> row) {
        float[] found = new float[2];
        for (Object prediction : (List<?>) row.get("predictions")) {
            Map<?, ?> fields = (Map<?, ?>) prediction;
            found[(Integer) fields.get("index")] = ((Number) fields.get("probability")).floatValue();
        }
        return found;
    }

    private List<Map<String, Object>> rows(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("-f", "jsonl"));
        words.addAll(List.of(options));
        words.add(data.toString());
        Transcript run = classify(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : run.lines()) {
            rows.add(JSON.std.mapFrom(line));
        }
        return rows;
    }

    private Transcript classify(String... args) {
        List<String> words = new ArrayList<>(List.of("classify", "-m", model));
        words.addAll(List.of(args));
        return Transcript.of(words.toArray(String[]::new));
    }

    private Transcript train(String... options) {
        List<String> words = new ArrayList<>(List.of("train", "-m", "cifar10", "--cache-dir", folder + "/cache"));
        words.addAll(List.of(options));
        words.add(data.toString());
        if (!List.of(options).contains("-o")) {
            words.addAll(List.of("-o", model));
        }
        return Transcript.of(words.toArray(String[]::new));
    }
}
