package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutEvaluationTest {
    @TempDir
    Path folder;

    private Path data;
    private String model;

    @BeforeEach
    void makePictures() throws IOException {
        data = folder.resolve("data");
        model = folder.resolve("m.zip").toString();
        for (int i = 0; i < 20; i++) {
            TrainingPictures.picture(data.resolve("even/" + i + ".png"), i, i % 2 == 0);
            TrainingPictures.picture(data.resolve("odd/" + i + ".png"), 100 + i, i % 2 == 0);
        }
    }

    @Test
    void judgesTheImagesThatTrainingHeldBack() throws IOException {
        Map<String, Object> trained = train(data, model);
        Map<String, Object> judged = json(evaluate(data, "-f", "json"));
        assertThat(judged)
                .containsEntry("judged", "held-out")
                .containsEntry("part", "split")
                .containsEntry("images", 8)
                .containsEntry("accuracy", trained.get("val_accuracy"));
        assertThat((Double) judged.get("loss")).isCloseTo((Double) trained.get("val_loss"), within(1e-4));
        assertThat((Double) ((Map<?, ?>) judged.get("macro")).get("f1"))
                .isCloseTo((Double) trained.get("val_macro_f1"), within(1e-6));
        Map<String, Object> all = json(evaluate(data, "-f", "json", "--on", "all"));
        assertThat(all).containsEntry("judged", "all").containsEntry("images", 40);
        assertThat(all.get("loss")).isNotEqualTo(judged.get("loss"));
        assertThat(evaluate(data).out())
                .contains("\njudged    held-out: 8 of 40 images, those that training held back\n");
        assertThat(evaluate(data, "--on", "all").out()).contains("\njudged    all\n");
        assertThat(evaluate(data, "--on", "held-out", "--assert-accuracy", "1").err())
                .isEqualTo("cnn: the accuracy of %s is %.4f, below 1.0\n"
                        .formatted(model, (Double) trained.get("val_accuracy")));
    }

    @Test
    void knowsTheImagesByContentWhateverTheyAreCalled() throws IOException {
        train(data, model);
        Path moved = folder.resolve("moved");
        for (int i = 0; i < 20; i++) {
            copy("even/" + i + ".png", moved.resolve("even/" + (99 - i) + "x.png"));
            copy("odd/" + i + ".png", moved.resolve("odd/deeper/" + i + ".png"));
        }
        assertThat(json(evaluate(moved, "-f", "json")).get("confusion_matrix"))
                .isEqualTo(json(evaluate(data, "-f", "json")).get("confusion_matrix"));
        assertThat(evaluate(moved).err()).isEmpty();
    }

    @Test
    void judgesAllWithAWarningWhereItIsNotKnownWhichWereHeldBack() throws IOException {
        train(data, model);
        TrainingPictures.picture(data.resolve("odd/new.png"), 999, true);
        Transcript changed = evaluate(data, "-f", "json");
        assertThat(json(changed)).containsEntry("judged", "all").containsEntry("images", 41);
        assertThat(changed.err())
                .isEqualTo("cnn: the images under %s are not those that %s was trained on (40 then, 41 now); all 41 "
                                .formatted(data, model)
                        + "images are judged, and those that it learnt from flatter the figures\n");
        assertThat(changed.exitCode()).isZero();
        Files.delete(data.resolve("odd/0.png"));
        assertThat(evaluate(data).err()).contains("(40 then, 40 now, with other content)");
        Transcript required = evaluate(data, "--on", "held-out");
        assertThat(required.err())
                .startsWith("cnn: --on held-out: the images under ")
                .hasLineCount(1);
        assertThat(required.exitCode()).isEqualTo(3);
        Transcript untold = Transcript.of("evaluate", "-m", "cifar10", cifar().toString());
        assertThat(untold.err()).contains("cifar10 does not say which images its training held back; all 2 images");
    }

    @Test
    void foldersForTestingAndValidationAreHeldOut() throws IOException {
        Path parts = folder.resolve("parts");
        for (String part : List.of("train", "val")) {
            TrainingPictures.in(parts.resolve(part), 4);
        }
        train(parts, model);
        assertThat(json(evaluate(parts, "-f", "json")))
                .containsEntry("judged", "held-out")
                .containsEntry("part", "validation");
        TrainingPictures.in(parts.resolve("test"), 3);
        Transcript run = evaluate(parts, "-f", "json");
        assertThat(json(run)).containsEntry("part", "test").containsEntry("images", 6);
        assertThat(run.err()).isEmpty();
        assertThat(evaluate(parts).out()).contains("\njudged    held-out: the folder for testing\n");
    }

    @Test
    void ofATrainFolderAloneWhatWasHeldBack() throws IOException {
        Path parts = folder.resolve("parts");
        TrainingPictures.in(parts.resolve("train"), 10);
        train(parts, model);
        Transcript run = evaluate(parts, "-f", "json");
        assertThat(json(run)).containsEntry("judged", "held-out").containsEntry("images", 4);
        TrainingPictures.picture(parts.resolve("train/left/new.png"), 999, true);
        assertThat(evaluate(parts).exitCode()).isEqualTo(3);
        assertThat(json(evaluate(parts, "-f", "json", "--on", "all"))).containsEntry("images", 21);
    }

    @Test
    void ofSeveralModelsWhatAllHeldBack() throws IOException {
        train(data, model);
        String other = folder.resolve("other.zip").toString();
        train(data, other, "--seed", "7", "--validation-split", "0.5");
        Transcript both = Transcript.of("evaluate", "-m", model, "-m", other, "-f", "json", data.toString());
        List<?> models = (List<?>) json(both).get("models");
        int images = (Integer) ((Map<?, ?>) models.get(0)).get("images");
        assertThat(images).isBetween(1, 7);
        assertThat(both.out()).contains("\"judged\":\"held-out\"");
    }

    @Test
    void ofAModelTrainedFurtherWhatBothTrainingsHeldBack() throws IOException {
        train(data, model);
        String further = folder.resolve("further.zip").toString();
        Transcript run = Transcript.of(
                "finetune",
                "--from",
                model,
                "--unfreeze",
                "all",
                "--finetune-epochs",
                "1",
                "--seed",
                "7",
                "--validation-split",
                "0.5",
                "--cache-dir",
                folder + "/cache",
                data.toString(),
                "-o",
                further);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Transcript both = Transcript.of("evaluate", "-m", further, "-f", "json", data.toString());
        assertThat((Integer) json(both).get("images")).isBetween(1, 7);
    }

    private Map<String, Object> train(Path images, String output, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("train", "-m", "lenet5", "--weights", "none", "--epochs", "2"));
        words.addAll(List.of("--optimizer", "adam", "--learning-rate", "0.003", "--cache-dir", folder + "/cache"));
        words.addAll(List.of(options));
        words.addAll(List.of(images.toString(), "-o", output));
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return json(run);
    }

    private Transcript evaluate(Path images, String... options) {
        List<String> words = new ArrayList<>(List.of("evaluate", "-m", model));
        words.addAll(List.of(options));
        words.add(images.toString());
        return Transcript.of(words.toArray(String[]::new));
    }

    private Path cifar() throws IOException {
        Path cifar = folder.resolve("cifar");
        TrainingPictures.picture(cifar.resolve("cat/1.png"), 1, true);
        TrainingPictures.picture(cifar.resolve("dog/1.png"), 2, true);
        return cifar;
    }

    private void copy(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(data.resolve(name), to);
    }

    private static Map<String, Object> json(Transcript run) throws IOException {
        assertThat(run.out()).as(run.err()).isNotEmpty();
        return JSON.std.mapFrom(run.out());
    }
}
