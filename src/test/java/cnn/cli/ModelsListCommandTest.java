package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.zoo.Zoo;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsListCommandTest {

    @TempDir
    Path empty;

    @Test
    void listsPublishedNetworksAndThoseToTrain() throws Exception {
        Transcript run = Transcript.of("models", "list", "--models-dir", empty.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.matches("vgg16 +224 +138M +15\\.5G +71\\.3 .*553 MB"));
        assertThat(run.lines()).anyMatch(line -> line.matches("lenet5 +32 +83\\.1k +886k .*to train"));
        assertThat(run.lines()).containsSubsequence("ResNet, arXiv:1512.03385", "ResNetV2, arXiv:1603.05027");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
        List<Object> json =
                JSON.std.listFrom(Transcript.of("models", "list", "-f", "json").out());
        assertThat(json)
                .hasSize(run.lines().size() - 2 - Zoo.families().size() - 1)
                .anySatisfy(entry -> assertThat(entry)
                        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                        .containsEntry("name", "convnet-binary")
                        .containsEntry("parameters", 40961153)
                        .containsEntry("multiply_adds", 75520128)
                        .containsEntry("top1_percent", null)
                        .containsEntry("url", null));
        assertThat(Transcript.of("models", "list", "-f", "csv").lines())
                .anyMatch(line -> line.startsWith("convnet-small,150x150,3453121,,,,,,\"Small ones, to train\",,"));
    }

    @Test
    void sortsByWhatIsAskedFor() {
        List<String> byAccuracy = names("--sort", "accuracy");
        assertThat(byAccuracy).startsWith("efficientnetv2-l", "efficientnetv2-m", "efficientnet-b7");
        assertThat(names("--sort", "parameters")).startsWith("lenet5").endsWith("convnext-xlarge");
        assertThat(names("--sort", "multiply-adds")).endsWith("convnext-xlarge");
        assertThat(Transcript.of("models", "list", "--sort", "beauty").exitCode())
                .isEqualTo(2);
    }

    @Test
    void verboseShowsEachOfTheNamedWeights() {
        assertThat(names("--verbose")).contains("resnet50", "resnet50@2015", "mobilenetv2-0.35@96");
        assertThat(names()).doesNotContain("resnet50@2015");
    }

    /** The first column of csv. */
    private static List<String> names(String... options) {
        List<String> words = new ArrayList<>(List.of("models", "list", "-f", "csv"));
        words.addAll(List.of(options));
        return Transcript.of(words.toArray(String[]::new)).lines().stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    @Test
    void tellsWhatToDoWhereNoWeightsArePublished() {
        for (String[] words : List.of(
                new String[] {"classify", "-m", "lenet5", "sample-images/daisy.jpg"},
                new String[] {
                    "extract-features",
                    "-m",
                    "lenet5",
                    "-o",
                    empty.resolve("f.npy").toString(),
                    "sample-images/daisy.jpg"
                },
                new String[] {"models", "pull", "lenet5"},
                new String[] {"models", "path", "lenet5"},
                new String[] {"models", "verify", "lenet5"})) {
            Transcript run = Transcript.of(words);
            assertThat(run.err())
                    .isEqualTo(
                            "cnn: lenet5 has no published weights: train it (cnn train DATA -m lenet5 --weights none "
                                    + "-o lenet5.zip) and name that file, or give --weights FILE, or --weights none for random "
                                    + "ones\n");
            assertThat(run.exitCode()).as(String.join(" ", words)).isEqualTo(4);
        }
        assertThat(Transcript.of("models", "verify", "--models-dir", empty.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void classifiesWithRandomWeightsOfTwoClasses() {
        Transcript run = Transcript.of(
                "classify", "-m", "convnet-small", "--weights", "none", "-f", "csv", "sample-images/daisy.jpg");
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).hasSize(3).anyMatch(line -> line.contains("class_1"));
    }
}
