package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
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
        assertThat(run.lines()).anyMatch(line -> line.matches("vgg16 +224x224 +138,357,544 +71\\.3 +90\\.1 +.*"));
        assertThat(run.lines()).anyMatch(line -> line.matches("lenet5 +32x32 +83,126 +- +- +to train *"));
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
        List<Object> json =
                JSON.std.listFrom(Transcript.of("models", "list", "-f", "json").out());
        assertThat(json).hasSize(run.lines().size() - 2).anySatisfy(entry -> assertThat(entry)
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("name", "convnet-binary")
                .containsEntry("parameters", 40961153)
                .containsEntry("top1_percent", null)
                .containsEntry("url", null));
        assertThat(Transcript.of("models", "list", "-f", "csv").lines()).contains("convnet-small,150x150,3453121,,,,,");
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
