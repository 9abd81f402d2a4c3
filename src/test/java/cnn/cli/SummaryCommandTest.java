package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.model.SavedModelFile;
import cnn.model.SavedModels;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                List.of("", "dense", "dense:x", "dense:0", "dropout:1", "avg:2", "lstm:5", "dense:5:swash")) {
            Transcript run = Transcript.of("summary", "--head", head);
            assertThat(run.exitCode()).as(head).isEqualTo(2);
            assertThat(run.err()).contains("is no layer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lenet5,83126,0,'0,456,0,2416,0,0,69240,10164,850'",
        "alexnet-cifar,8492810,1216,'0,34944,384,0,614656,1024,0,885120,1327488,884992,1024,0,0,526336,0,4196352,0,20490'",
        "convnet-cifar,703594,0,'0,896,9248,0,18496,36928,0,36928,0,590848,10250'",
        "convnet-cifar-gap,179306,0,'0,896,9248,0,18496,36928,0,36928,0,66560,10250'",
        "convnet-binary,40961153,0,'0,896,0,0,40960128,129'",
        "convnet-small,3453121,0,'0,896,0,18496,0,73856,0,147584,0,0,3211776,513'"
    })
    void countsTheTutorialsNetworksAsTheyPrintThem(String name, int total, int statistics, String counts)
            throws IOException {
        Map<String, Object> summary = JSON.std.mapFrom(
                Transcript.of("summary", "-m", name, "-f", "json").out());
        assertThat(summary).containsEntry("total_params", total).containsEntry("non_trainable_params", statistics);
        assertThat(((List<?>) summary.get("layers"))
                        .stream()
                                .map(layer -> String.valueOf(((Map<?, ?>) layer).get("params")))
                                .toList())
                .containsExactly(counts.split(","));
    }

    @Test
    void followsTheSizeAndTheClassesOfTheData() throws IOException {
        Map<String, Object> summary = JSON.std.mapFrom(Transcript.of(
                        "summary", "-m", "convnet-cifar-gap", "--input-size", "48x64", "--classes", "2", "-f", "json")
                .out());
        assertThat(summary).containsEntry("total_params", 179_306 - 10_250 + 1025);
        assertThat(Transcript.of("summary", "-m", "lenet5", "--classes", "1").err())
                .isEqualTo("cnn: --classes must be at least 2, not 1\n");
    }

    @Test
    void countsLayersThatAreSpelled() throws IOException {
        Map<String, Object> summary = layers("conv:512:3:same:relu,conv:64:1:relu", "256x256x3");
        assertThat(summary).containsEntry("total_params", 47_168);
        assertThat(summary.get("layers"))
                .isEqualTo(List.of(
                        layer("input_1", "InputLayer", List.of(256, 256, 3), 0, 0),
                        layer("conv2d", "Conv2D", List.of(256, 256, 512), 14_336, 905_969_664),
                        layer("conv2d_1", "Conv2D", List.of(256, 256, 64), 32_832, 2_147_483_648L)));
        assertThat(layers("conv:64:3:same:relu,conv:64:3:same:relu,maxpool:2", "256x256x3"))
                .containsEntry("total_params", 38_720);
    }

    @ParameterizedTest
    @CsvSource({
        "conv:6:5,32x32x3,28x28x6",
        "conv:6:5/3,32x32x3,10x10x6",
        "conv:6:5/3:same,32x32x3,11x11x6",
        "pad:2,32x32x3,36x36x3",
        "'pad:1,conv:8:3/2',31x31x3,16x16x8",
        "conv:8:1x7:relu:same,9x9x3,9x9x8",
        "conv:8:1x7:valid,9x9x3,9x3x8",
        "maxpool:2,8x6x3,4x3x3",
        "avgpool:3/2:same,8x6x3,4x3x3",
        "maxpool:3/1,8x6x3,6x4x3",
        "depthwise:3/2:same:relu6,8x6x3,4x3x3",
        "'batchnorm,relu,relu6,dropout:.5,avg,dense:7:tanh,softmax',8x6x3,7",
        "'flatten,DENSE:7',8x6x3,7",
        "'max,dense:3:sigmoid',8x6x3,3",
        "dense:10,4096,10"
    })
    void sizesLayersAsKerasDoes(String layers, String input, String output) {
        List<String> lines = Transcript.of("summary", "--layers", layers, "--input", input, "-f", "csv")
                .lines();
        assertThat(lines.get(lines.size() - 1).split(",")[2]).isEqualTo(output);
    }

    @Test
    void tellsAStrideThatDoesNotFitAndGoesOn() {
        Transcript run = Transcript.of("summary", "--layers", "conv:8:3/2,maxpool:2", "--input", "10x11x3");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("(None, 2, 2, 8)");
        assertThat(run.err())
                .isEqualTo("cnn: layer conv2d: a window of 3x3 with stride 2 does not fit 10x11: "
                        + "rows left over 1, columns 0\n"
                        + "cnn: layer max_pooling2d: a window of 2x2 with stride 2 does not fit 4x5: "
                        + "rows left over 0, columns 1\n");
        assertThat(Transcript.of("summary", "--layers", "conv:8:3/2:same", "--input", "10x11x3")
                        .err())
                .isEmpty();
    }

    @Test
    void refusesSpellingsInOneLine() {
        for (String layers : List.of(
                "",
                "conv",
                "conv:8",
                "conv:0:3",
                "conv:8:3:",
                "conv:8:3:same:valid",
                "conv:8:3:relu:tanh",
                "conv:8:3/0",
                "conv:8:3x",
                "maxpool:2:relu",
                "pad:-1",
                "dense:5:swash",
                "dropout:1",
                "relu:6",
                "linear",
                "lstm:5",
                "conv:100000:3",
                "flatten,,dense:2")) {
            refused(2, "--layers: '", "--layers", layers);
        }
        refused(2, "expected conv:FILTERS:KERNEL[/STRIDE][:same|valid][:ACTIVATION]\n", "--layers", "conv:8");
        refused(2, "--input: '8x8' is no input", "--layers", "flatten", "--input", "8x8");
        refused(2, "leave out --model", "--layers", "flatten", "-m", "vgg16");
        refused(2, "leave out --head", "--layers", "flatten", "--head", "avg");
        refused(2, "--input goes with --layers", "--input", "8x8x3");
        refused(3, "does not fit into an input", "--layers", "conv:8:9", "--input", "8x8x3");
        refused(3, "too much for one vector", "--layers", "flatten", "--input", "99999x99999x3");
        refused(
                3,
                "too large to count",
                "--layers",
                "conv:99999:1,conv:99999:999:same",
                "--input",
                "99999x99999x99999");
    }

    @Test
    void tellsWhatDeeplearning4jCannotRestore(@TempDir Path folder) {
        String plain = folder.resolve("plain.zip").toString();
        SavedModelFile.write(Path.of(plain), SavedModels.fromScratch(4), SavedModels.weights(1));
        String mapped = folder.resolve("mapped.zip").toString();
        SavedModelFile.write(Path.of(mapped), SavedModels.withSoftmaxOverAMap(), SavedModels.weights(1));
        assertThat(Transcript.of("summary", plain).out()).doesNotContain("Deeplearning4j");
        assertThat(Transcript.of("summary", mapped).out().lines().filter(line -> line.contains("Deeplearning4j")))
                .containsExactly(
                        "Weights: in Keras's order only, not for Deeplearning4j's ModelSerializer; layer softmax: "
                                + "Deeplearning4j has no layer of its own for Activation from (6, 5, 3) to (6, 5, 3)");
        assertThat(Transcript.of("summary", plain, "-f", "json").out()).contains("\"for_deeplearning4j\":true");
        assertThat(Transcript.of("summary", mapped, "-f", "json").out()).contains("\"for_deeplearning4j\":false");
    }

    private static void refused(int exitCode, String message, String... options) {
        List<String> words = new ArrayList<>(List.of("summary"));
        words.addAll(List.of(options));
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.err()).as("%s", words).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).as("%s", words).isEqualTo(exitCode);
    }

    private static Map<String, Object> layers(String layers, String input) throws IOException {
        return JSON.std.mapFrom(Transcript.of("summary", "--layers", layers, "--input", input, "-f", "json")
                .out());
    }

    private static Map<String, Object> layer(
            String name, String type, List<Integer> shape, int parameters, Number multiplyAdds) {
        return Map.of(
                "name", name, "type", type, "output_shape", shape, "params", parameters, "multiply_adds", multiplyAdds);
    }

    @Test
    void explainsTheArithmeticOfEachLayer() throws IOException {
        String[] words = {"summary", "--layers", "conv:32:3:relu,maxpool:2", "--input", "150x150x3", "--explain"};
        assertThat(Transcript.of(words).lines())
                .containsSequence(
                        "conv2d (Conv2D)               (None, 148, 148, 32)      896     18,925,056",
                        "    height, width = (150 - 3 + 2x0)/1 + 1 = 148",
                        "    parameters = (3x3x3 + 1) x 32 = 896",
                        "    multiply-adds = 148x148x32 x 3x3x3 = 18,925,056",
                        "max_pooling2d (MaxPooling2D)  (None, 74, 74, 32)          0              0",
                        "    height, width = (148 - 2 + 2x0)/2 + 1 = 74");
        List<String> asJson = new ArrayList<>(List.of(words));
        asJson.addAll(List.of("--dense-equivalent", "-f", "json"));
        Map<String, Object> summary =
                JSON.std.mapFrom(Transcript.of(asJson.toArray(String[]::new)).out());
        assertThat(summary).containsEntry("dense_equivalent", 47_313_340_928L);
        Map<?, ?> convolution = (Map<?, ?>) ((List<?>) summary.get("layers")).get(1);
        assertThat(convolution.get("dense_equivalent")).isEqualTo(47_313_340_928L);
        assertThat((List<?>) convolution.get("formulas"))
                .hasSize(5)
                .anyMatch(formula ->
                        formula.equals(Map.of("of", "params", "expression", "(3x3x3 + 1) x 32", "value", 896)));
        Map<?, ?> pooling = (Map<?, ?>) ((List<?>) summary.get("layers")).get(2);
        assertThat(pooling.containsKey("dense_equivalent")).isFalse();
    }

    @Test
    void countsDenseLayersInPlaceOfConvolutions() {
        Transcript run = Transcript.of(
                "summary", "--layers", "conv:32:3,flatten,dense:2", "--input", "150x150x3", "--dense-equivalent");
        assertThat(run.out())
                .contains("Dense param #")
                .contains("Dense layers in place of the convolutions: 47,313,340,928 params instead of 896\n");
        refused(
                3,
                "a dense layer in its place is too large to count",
                "--layers",
                "conv:999:1",
                "--input",
                "99999x99999x99",
                "--dense-equivalent");
    }

    @Test
    void sumsLayersByModule() throws IOException {
        assertThat(Transcript.of("summary", "-m", "googlenet", "--group").lines())
                .contains("inception_3a       8  (None, 28, 28, 256)     163,696    128,049,152")
                .contains("Total params: 6,998,552");
        Map<String, Object> summary = JSON.std.mapFrom(
                Transcript.of("summary", "-m", "vgg16", "--group", "-f", "json").out());
        assertThat(((List<?>) summary.get("modules")).get(0))
                .isEqualTo(Map.of(
                        "name",
                        "block1",
                        "output_shape",
                        List.of(112, 112, 64),
                        "params",
                        38_720,
                        "multiply_adds",
                        1_936_392_192,
                        "layers",
                        3));
        refused(2, "leave out one", "-m", "vgg16", "--group", "--explain");
    }
}
