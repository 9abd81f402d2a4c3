package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.golden.Shared;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.keras.LayerFile;
import cnn.network.ForwardPass;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.program.NaiveForwardPass;
import cnn.program.Precision;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer by layer what real Keras gives for photographs, with files that it wrote. */
class KerasLayersTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "act_elu",
                "act_exponential",
                "act_gelu",
                "act_hard_silu",
                "act_leaky_relu",
                "act_selu",
                "act_softsign",
                "acts_all",
                "add_only",
                "bn_noscale",
                "channels_first",
                "concat_axis1",
                "concat_vec_axis1",
                "convtranspose",
                "crop_pad",
                "dense4d",
                "dilated",
                "dot",
                "dw_mult2",
                "fun_residual",
                "gmp_keepdims",
                "groupnorm",
                "groups",
                "identity",
                "k333_resid",
                "k3151_resid",
                "layernorm",
                "leaky_prelu_elu",
                "logits_three",
                "merges",
                "norm_adapted",
                "pools",
                "regularisers",
                "relu_variants",
                "reshape_permute",
                "sepconv",
                "softmax_axis1",
                "softmax_layer",
                "spatial_dropout",
                "upsample"
            })
    void answersAsKeras(String name) throws Exception {
        LayerFile file = LayerFile.read(Shared.path("keras-files/" + name + ".h5"));
        Map<String, Object> expected = expected(name);
        String feed = (String) expected.get("feed");
        Node output = file.network().output();
        try (ForwardPass pass =
                CompiledNetwork.compile(file.network(), file, List.of(output.name()), Precision.FP32, 1)) {
            for (Map.Entry<?, ?> photo : ((Map<?, ?>) expected.get("inputs")).entrySet()) {
                List<?> numbers = (List<?>) ((Map<?, ?>) photo.getValue()).get(feed);
                float[] image =
                        file.input(picture((String) photo.getKey(), (List<?>) expected.get("image_size"), feed));
                float[] computed = pass.run(FloatBuffer.wrap(image), 1).get(0);
                double[] defined =
                        NaiveForwardPass.run(file.network(), file, image).get(output.name());
                for (int i = 0; i < computed.length; i++) {
                    double keras = ((Number) numbers.get(i)).doubleValue();
                    double tolerance = 2e-5 * Math.max(1, Math.abs(keras));
                    assertThat((double) computed[i])
                            .as("%s, %d", photo.getKey(), i)
                            .isCloseTo(keras, within(tolerance));
                    assertThat(defined[i])
                            .as("%s, %d, in double", photo.getKey(), i)
                            .isCloseTo(keras, within(tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acts_all",
                "channels_first",
                "convtranspose",
                "dot",
                "groupnorm",
                "layernorm",
                "merges",
                "norm_adapted",
                "sepconv"
            })
    void namesTypesShapesAndParametersAreKeras(String name) throws Exception {
        LayerFile file = LayerFile.read(Shared.path("keras-files/" + name + ".h5"));
        Map<?, ?> summary = (Map<?, ?>) expected(name).get("summary");
        List<?> layers = (List<?>) summary.get("layers");
        List<Node> nodes = file.network().nodes();
        assertThat(nodes).hasSameSizeAs(layers);
        for (int i = 0; i < nodes.size(); i++) {
            Map<?, ?> layer = (Map<?, ?>) layers.get(i);
            Node node = nodes.get(i);
            assertThat(node.name()).isEqualTo(layer.get("name"));
            assertThat(node.layer().kerasType().toString()).isEqualTo(layer.get("type"));
            List<?> shape = (List<?>) layer.get("output_shape");
            assertThat(node.outputShape())
                    .isEqualTo(Shape.of(shape.stream()
                            .skip(1)
                            .mapToInt(size -> ((Number) size).intValue())
                            .toArray()));
            assertThat(node.parameters()).isEqualTo(((Number) layer.get("params")).longValue());
        }
    }

    /** NaN, which JSON does not know, stands only where a picture is fed in another way than it should be. */
    private static Map<String, Object> expected(String name) throws IOException {
        String json = Files.readString(Shared.path("keras-files/" + name + ".expected.json"));
        return JSON.std.mapFrom(json.replaceAll("\\b(NaN|-?Infinity)\\b", "null"));
    }

    private static float[] picture(String photo, List<?> size, String feed) throws Exception {
        int height = ((Number) size.get(0)).intValue();
        int width = ((Number) size.get(1)).intValue();
        float[] nhwc = new float[3 * height * width];
        Loading.of(ResizeMode.NEAREST).load(DECODER.decode(Shared.path("photos/" + photo)), height, width, nhwc, 0);
        for (int i = 0; i < nhwc.length; i++) {
            nhwc[i] = switch (feed) {
                case "unit" -> nhwc[i] / 255;
                case "tf" -> nhwc[i] / 127.5f - 1;
                default -> nhwc[i];
            };
        }
        return nhwc;
    }
}
