package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.InputLayer;
import cnn.network.KernelInitializer;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
                new DepthwiseConv2D(WINDOW, 3, false, ActivationFunction.RELU6),
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
                new Flatten(),
                new Reshape(Shape.of(2, 2, 9)),
                new Dropout(0.375));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void comesBackAsItWas(Layer layer) throws IOException {
        Shape input = layer instanceof Dense ? Shape.of(4) : Shape.of(4, 3, 3);
        String[] inputs = layer instanceof Add || layer instanceof Concatenate
                ? new String[] {"input", "input"}
                : new String[] {"input"};
        NetworkBuilder builder = Network.builder("network", "input", input);
        Network network = builder.build(builder.add("layer", layer, inputs));
        String written = JSON.std.asString(ModelConfig.of(network));
        Network read = ModelConfig.parse(written, Optional.empty()).network();
        assertThat(read.nodes()).isEqualTo(network.nodes());
    }

    @Test
    void noKindIsMissingHere() {
        Set<Class<?>> kinds = new HashSet<>(List.of(InputLayer.class));
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
