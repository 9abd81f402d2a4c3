package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryCommandTest {

    @Test
    void printsKerasTable() {
        Transcript run = Transcript.of("summary", "-m", "vgg16");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines().get(0)).isEqualTo("Model: \"vgg16\"");
        assertThat(run.lines())
                .anyMatch(
                        line -> line.matches("block1_conv1 \\(Conv2D\\) +\\(None, 224, 224, 64\\) +1,792 +86,704,128"));
        assertThat(run.out()).contains("Total params: 138,357,544").contains("Multiply-adds: 15,470,264,320");
    }

    @Test
    void printsTheJsonOfTheContract() throws IOException {
        Map<String, Object> summary = JSON.std.mapFrom(
                Transcript.of("summary", "-m", "VGG_16", "-f", "json").out());
        assertThat(summary)
                .containsEntry("model", "vgg16")
                .containsEntry("total_params", 138357544)
                .containsEntry("trainable_params", 138357544)
                .containsEntry("non_trainable_params", 0)
                .containsEntry("multiply_adds", 15470264320L);
        assertThat((List<?>) summary.get("layers")).anySatisfy(layer -> assertThat(layer)
                .isEqualTo(Map.of(
                        "name",
                        "block1_conv1",
                        "type",
                        "Conv2D",
                        "output_shape",
                        List.of(224, 224, 64),
                        "params",
                        1792,
                        "multiply_adds",
                        86704128)));
    }

    @Test
    void putsAHeadOnAFrozenBase() throws IOException {
        Map<String, Object> summary = JSON.std.mapFrom(Transcript.of(
                        "summary",
                        "-m",
                        "vgg16",
                        "--input-size",
                        "200",
                        "--head",
                        "flatten,dense:256:relu",
                        "-f",
                        "json")
                .out());
        int head = 4_718_848 + 257;
        assertThat(summary)
                .containsEntry("total_params", 14_714_688 + head)
                .containsEntry("trainable_params", head)
                .containsEntry("non_trainable_params", 14_714_688);
    }

    @Test
    void refusesHeadsThatDoNotFit() {
        Transcript map = Transcript.of("summary", "--head", "dense:10", "-m", "vgg16");
        assertThat(map.err()).contains("a dense layer needs a vector, not (7, 7, 512)");
        assertThat(map.exitCode()).isEqualTo(3);
        for (String head :
                List.of("", "dense", "dense:x", "dense:0", "dropout:1", "avg:2", "lstm:5", "dense:5:swish")) {
            Transcript run = Transcript.of("summary", "--head", head);
            assertThat(run.exitCode()).as(head).isEqualTo(2);
            assertThat(run.err()).contains("is no layer");
        }
    }
}
