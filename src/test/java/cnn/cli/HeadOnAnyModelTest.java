package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every model has a base that a new head can be put on: what goes into its last dense layer. */
class HeadOnAnyModelTest {
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";

    @TempDir
    Path folder;

    private Path data;
    private Path others;

    @BeforeEach
    void makePictures() throws IOException {
        data = TrainingPictures.in(folder.resolve("data"), 10);
        others = TrainingPictures.in(folder.resolve("others"), 8);
        for (int i = 0; i < 8; i++) {
            TrainingPictures.picture(others.resolve("third/" + i + ".png"), 2000 + i, i % 2 == 0);
        }
    }

    @Test
    void ofASavedModelItIsWhatItsOwnHeadHasLearnt() throws IOException {
        String own = train(data, "own.zip", "--weights", TINY, "--head", "avg,dense:5:relu", "--epochs", "2");
        String on = train(others, "on.zip", "-m", own, "--weights", TINY);
        assertThat(features(on, "dense", TINY)).isEqualTo(features(own, "dense", TINY));
        assertThat(run("summary", "-m", on, "--weights", TINY).out())
                .contains("\ndense_1 (Dense) ")
                .contains("Trained: dense, dense_1; the others were frozen")
                .contains("Classes: left, right, third\n");
        assertThat(JSON.std.mapFrom(run("evaluate", "-m", on, "--weights", TINY, "-f", "json", others.toString())
                        .out()))
                .containsEntry("judged", "held-out");
        String further =
                train(others, "further.zip", "-m", own, "--weights", TINY, "--head", "dropout:0.1", "--epochs", "2");
        assertThat(Files.readAllLines(Path.of(further + ".history.csv")))
                .as("no epoch 0: the head is new")
                .hasSize(3);
        assertThat(features(further, "dense", TINY)).isEqualTo(features(own, "dense", TINY));
    }

    @Test
    void canBePutOnAnEarlierLayer() throws IOException {
        String early = train(data, "early.zip", "-m", "cifar10", "--layer", "max_pooling2d_1");
        assertThat(run("summary", "-m", early).out())
                .contains("\nmax_pooling2d_1 (MaxPooling2D) ")
                .doesNotContain("max_pooling2d_2");
        assertThat(features(early, "max_pooling2d_1", "")).isEqualTo(features("cifar10", "max_pooling2d_1", ""));
        String gradient = train(data, "g.zip", "--weights", TINY, "--layer", "conv_dw_1_relu", "--epochs", "1");
        assertThat(run("evaluate", "-m", gradient, "--weights", TINY, data.toString())
                        .exitCode())
                .isZero();
        String below = train(others, "below.zip", "-m", gradient, "--weights", TINY, "--layer", "conv1_relu");
        assertThat(run("classify", "-m", below, "--weights", TINY, data + "/left/0.png")
                        .exitCode())
                .isZero();
        assertThat(run("train", data.toString(), "-m", "cifar10", "--layer", "fc9", "-o", folder + "/no.zip"))
                .extracting(Transcript::exitCode, Transcript::err)
                .satisfies(ending ->
                        assertThat(ending.toString()).startsWith("[2, ").contains("has no layer 'fc9'"));
    }

    @Test
    void aBaseOfTheUsersOwnIsFoundBesideTheModel() throws IOException {
        String own = train(data, "own.zip", "--weights", TINY, "--head", "avg", "--epochs", "1");
        String picture = data.resolve("left/0.png").toString();
        assertThat(run("classify", "-m", own, picture).err())
                .contains("own.zip needs the weights tiny.h5 with sha256 ")
                .endsWith("it is not published; put it beside the model, or name it with --weights\n");
        Path beside = folder.resolve("tiny.h5");
        Files.writeString(beside, "another file of that name");
        assertThat(run("classify", "-m", own, picture).exitCode()).isEqualTo(4);
        Files.copy(Path.of(TINY), beside, StandardCopyOption.REPLACE_EXISTING);
        Transcript found = run("classify", "-m", own, picture);
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.out())
                .isEqualTo(
                        run("classify", "-m", own, "--weights", TINY, picture).out());
    }

    @Test
    void layersThatFineTuningChangedStayAsTheyAre() throws IOException {
        String first = train(data, "first.zip", "--weights", TINY, "--head", "avg", "--epochs", "1");
        String tuned = folder + "/tuned.zip";
        Transcript tuning = run(
                "finetune",
                "--from",
                first,
                "--weights",
                TINY,
                "--unfreeze",
                "3",
                "--finetune-epochs",
                "5",
                "--finetune-learning-rate",
                "0.01",
                data.toString(),
                "-o",
                tuned);
        assertThat(JSON.std.mapFrom(tuning.out())).containsEntry("improved", true);
        String on = train(others, "on.zip", "-m", tuned, "--weights", TINY);
        String layer = "global_average_pooling2d";
        assertThat(features(on, layer, TINY))
                .isEqualTo(features(tuned, layer, TINY))
                .isNotEqualTo(features(first, layer, TINY));
    }

    @Test
    void aHeadThatPoolsTakesTheLastFeatureMap() throws IOException {
        String own = train(data, "own.zip", "--weights", TINY, "--head", "avg,dense:5:relu", "--epochs", "2");
        String pooled = train(others, "pooled.zip", "-m", own, "--weights", TINY, "--epochs", "2");
        assertThat(run("summary", "-m", pooled, "--weights", TINY).out())
                .contains("Head: global_average_pooling2d, dropout, dense; ");
    }

    @Test
    void ofTheBundledModelAndOfOneFromScratchAllWeightsComeAlong() throws IOException {
        String onBundled = train(others, "b.zip", "-m", "cifar10");
        String layer = "global_average_pooling2d";
        assertThat(features(onBundled, layer, "")).isEqualTo(features("cifar10", layer, ""));
        String own = train(data, "own.zip", "-m", "lenet5", "--weights", "none", "--epochs", "1");
        String on = train(others, "on.zip", "-m", own);
        assertThat(features(on, "dense_1", "")).isEqualTo(features(own, "dense_1", ""));
        Transcript further = run(
                "finetune",
                "--from",
                on,
                "--unfreeze",
                "all",
                "--finetune-epochs",
                "1",
                others.toString(),
                "-o",
                folder + "/f.zip");
        assertThat(further.exitCode()).as(further.err()).isZero();
        Transcript over = run("train", "-m", on, others.toString(), "-o", on, "--overwrite");
        assertThat(over.err())
                .isEqualTo("cnn: %s is an input and would be written over; name another file with -o\n".formatted(on));
        assertThat(over.exitCode()).isEqualTo(2);
    }

    @Test
    void randomFeaturesAreToldAsSuch() throws IOException {
        Transcript run = run(
                "train",
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--head",
                "linear",
                data.toString(),
                "-o",
                folder + "/r.zip");
        assertThat(run.err())
                .startsWith(
                        "cnn: the weights of lenet5 are random and stay so: the head learns from random features\n");
        assertThat(JSON.std.mapFrom(run.out())).containsEntry("solver", "lbfgs");
        assertThat(run("summary", "-m", folder + "/r.zip").out()).contains("Trained: dense_2; the others were frozen");
        Transcript trained =
                run("train", "-m", folder + "/r.zip", "--weights", "none", data.toString(), "-o", folder + "/s.zip");
        assertThat(trained.err())
                .isEqualTo("cnn: --weights none: %s/r.zip has been trained; leave it out\n".formatted(folder));
        assertThat(trained.exitCode()).isEqualTo(2);
    }

    private List<Object> features(String model, String layer, String weights) throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        List<String> words =
                new ArrayList<>(List.of("extract-features", "-m", model, "--layer", layer, "-o", rows.toString()));
        words.addAll(List.of("--no-cache", others.toString()));
        if (!weights.isEmpty()) {
            words.addAll(List.of("--weights", weights));
        }
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Object> features = new ArrayList<>();
        for (String row : Files.readAllLines(rows)) {
            Map<String, Object> fields = JSON.std.mapFrom(row);
            features.add(fields.get("features"));
        }
        assertThat(features).hasSize(24).doesNotContainNull();
        return features;
    }

    private String train(Path images, String output, String... options) {
        List<String> words = new ArrayList<>(
                List.of("train", images.toString(), "-o", folder.resolve(output).toString()));
        words.addAll(List.of("--cache-dir", folder + "/cache"));
        words.addAll(List.of(options));
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return folder.resolve(output).toString();
    }

    private static Transcript run(String... words) {
        return Transcript.of(words);
    }
}
