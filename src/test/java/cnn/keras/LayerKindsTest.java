package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Channels;
import cnn.network.ChannelsFirst;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Conv2DTranspose;
import cnn.network.Cropping2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dot;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.GroupNormalization;
import cnn.network.InputLayer;
import cnn.network.KerasType;
import cnn.network.KernelInitializer;
import cnn.network.Layer;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Noise;
import cnn.network.Normalization;
import cnn.network.PReLU;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.PassThrough;
import cnn.network.Permute;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Rescaling;
import cnn.network.Reshape;
import cnn.network.ScaledSum;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.Softmax;
import cnn.network.UpSampling2D;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of layer, written as Keras's config and read again. No argument is a default. */
class LayerKindsTest {
    private static final Window WINDOW = new Window(3, 2, 2, 1, 1, 2, Padding.SAME);
    private static final Window POOL = new Window(3, 2, 2, 1, 1, 1, Padding.SAME);

    static Stream<Layer> layers() {
        return Stream.of(
                new Conv2D(5, WINDOW, false, ActivationFunction.TANH, KernelInitializer.HE_UNIFORM),
                new DepthwiseConv2D(WINDOW, 3, false, ActivationFunction.RELU6, KernelInitializer.FAN_OUT_NORMAL),
                new Conv2D(5, WINDOW, false, ActivationFunction.TANH, KernelInitializer.HE_NORMAL),
                new Dense(7, false, ActivationFunction.SIGMOID, KernelInitializer.FAN_OUT_UNIFORM),
                new Dense(7, false, ActivationFunction.SIGMOID, KernelInitializer.HE_UNIFORM),
                new BatchNormalization(0.5, 0.25, false, true),
                new BatchNormalization(0.5, 0.25, true, false),
                new Activation(ActivationFunction.SOFTMAX),
                new Activation(ActivationFunction.RELU6),
                new ZeroPadding2D(new Pads(1, 2, 3, 4)),
                new Pooling2D(Pooling.MAX, POOL),
                new Pooling2D(Pooling.AVERAGE, POOL),
                new GlobalPooling2D(Pooling.MAX),
                new GlobalPooling2D(Pooling.AVERAGE),
                new Add(),
                new Concatenate(),
                new Concatenate(1),
                new Flatten(),
                new Reshape(Shape.of(2, 2, 9)),
                new Dropout(0.375),
                new Dropout(0.375, 3),
                new Conv2D(6, WINDOW, 3, false, ActivationFunction.elu(0.5), KernelInitializer.GLOROT_UNIFORM),
                new SeparableConv2D(5, WINDOW, 2, false, ActivationFunction.SWISH),
                new Conv2DTranspose(
                        5, new Window(4, 2, 2, 1, 1, 1, Padding.VALID), false, ActivationFunction.GELU, false),
                new LayerNormalization(0.25, false, true),
                new GroupNormalization(3, 0.25, true, false),
                new Normalization(List.of(1.5, 2.0, 3.0), List.of(0.5, 0.25, 2.0), true),
                new Normalization(List.of(), List.of(), false),
                new Rescaling(List.of(0.5, 2.0, 3.0), List.of(-1.0)),
                new Rescaling(0.25, -1),
                new PReLU(List.of(1, 2)),
                new PReLU(List.of()),
                new LayerScale(0.125),
                new Activation(ActivationFunction.leakyRelu(0.25)),
                new Activation(ActivationFunction.elu(0.75)),
                new Activation(ActivationFunction.relu(4, 0.5, 0.25)),
                new Activation(ActivationFunction.LOG_SOFTMAX),
                new Softmax(1),
                new Activation(ActivationFunction.SOFTMAX, KerasType.SOFTMAX),
                new Cropping2D(new Pads(1, 0, 0, 1)),
                new UpSampling2D(2, 3, true),
                new UpSampling2D(3, 2, false),
                new GlobalPooling2D(Pooling.MAX, true),
                new Permute(List.of(3, 1, 2)),
                new Merge(Merge.Operation.SUBTRACT),
                new Merge(Merge.Operation.MULTIPLY),
                new Merge(Merge.Operation.AVERAGE),
                new Merge(Merge.Operation.MAXIMUM),
                new Merge(Merge.Operation.MINIMUM),
                new ScaledSum(0.25),
                new Dot(true),
                new Noise(Noise.Kind.SPATIAL_DROPOUT, 0.25),
                new Noise(Noise.Kind.GAUSSIAN_NOISE, 1.5),
                new Noise(Noise.Kind.GAUSSIAN_DROPOUT, 0.25),
                new Noise(Noise.Kind.ALPHA_DROPOUT, 0.25),
                new PassThrough(KerasType.RANDOM_ZOOM, Map.of("height_factor", 0.5)),
                new ChannelsFirst(new Conv2D(5, Window.of(2, 1, Padding.VALID), false, ActivationFunction.TANH)),
                new ChannelsFirst(new BatchNormalization(0.5, 0.25, true, true)),
                new ChannelsFirst(new Flatten()));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void comesBackAsItWas(Layer layer) throws IOException {
        Shape input = layer instanceof Dense || layer instanceof Dot ? Shape.of(4) : Shape.of(4, 3, 3);
        Set<Class<?>> ofTwo = Set.of(Add.class, Concatenate.class, Merge.class, ScaledSum.class, Dot.class);
        String[] inputs = ofTwo.contains(layer.getClass()) ? new String[] {"input", "input"} : new String[] {"input"};
        NetworkBuilder builder = Network.builder("network", "input", input);
        Network network = builder.build(builder.add("layer", layer, inputs));
        String written = JSON.std.asString(ModelConfig.of(network));
        Network read = ModelConfig.parse(written, Optional.empty()).network();
        assertThat(read.nodes()).isEqualTo(network.nodes());
    }

    @Test
    void noKindIsMissingHere() {
        // The operator is not written.
        Set<Class<?>> kinds = new HashSet<>(List.of(InputLayer.class, Channels.class));
        layers().forEach(layer -> kinds.add(layer.getClass()));
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(permitted(Layer.class).toList());
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerKindsTest::permitted)
                : Stream.of(type);
    }
}
