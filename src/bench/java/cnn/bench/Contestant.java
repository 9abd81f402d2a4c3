package cnn.bench;

import cnn.dl4j.Dl4jForwardPass;
import cnn.onednn.CompiledNetwork;
import cnn.onednn.OneDnn;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.program.Ranges;
import cnn.network.Add;
import cnn.network.Dropout;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A network in one of the engines, with made-up weights and images. */
final class Contestant implements AutoCloseable {
    private final ForwardPass pass;
    private final FloatBuffer batch;
    private final int images;

    private Contestant(ForwardPass pass, FloatBuffer batch, int images) {
        this.pass = pass;
        this.batch = batch;
        this.images = images;
    }

    /** @param engine fp32, bf16, int8, onnxruntime, onnxruntime-int8 or dl4j */
    static Contestant of(String engine, String model, int images, int threads) throws IOException {
        ZooModel zoo = Zoo.named(model);
        Network network = zoo.network(zoo.withTop(zoo.inputSize(), zoo.inputSize()));
        Node classifier = network.nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .reduce((earlier, later) -> later)
                .orElseThrow();
        Weights weights = (node, spec) -> weights(node, spec, node.equals(classifier), feedsSum(network, node.name()));
        List<String> outputs = List.of(network.output().name());
        ForwardPass pass = switch (engine) {
            case "onnxruntime" -> OnnxForwardPass.of(network, weights, images, threads);
            case "onnxruntime-int8" ->
                OnnxForwardPass.quantized(network, weights, ranges(network, weights), images, threads);
            case "dl4j" -> Dl4jForwardPass.of(network, weights, outputs);
            case "int8" -> quantized(network, weights, outputs, images);
            default -> CompiledNetwork.compile(network, weights, outputs, Precision.of(engine), images);
        };
        FloatBuffer batch = images(network.input().outputShape(), images, engine.startsWith("onnxruntime"));
        return new Contestant(pass, batch, images);
    }

    private static ForwardPass quantized(Network network, Weights weights, List<String> outputs, int images) {
        Quantization quantization = new Quantization(ranges(network, weights), Set.of());
        return new OneDnn(Precision.INT8).quantized(quantization).compile(network, weights, outputs, images);
    }

    /** Of all values, also those that no engine has need to keep, by the first of the images. */
    private static Ranges ranges(Network network, Weights weights) {
        List<String> all = network.nodes().stream().map(Node::name).toList();
        try (RangeObserver observer = new OneDnn(Precision.FP32).observer(network, weights, all)) {
            observer.observe(images(network.input().outputShape(), 1, false), 1);
            return observer.ranges(RangeMethod.MINMAX);
        }
    }

    float[] run() {
        return pass.run(batch.duplicate(), images).get(0);
    }

    @Override
    public void close() {
        pass.close();
    }

    /** Noise of the size that keeps activations near 1, the same for all engines. */
    private static FloatBuffer weights(Node node, WeightSpec spec, boolean classifier, boolean feedsSum) {
        int count = Math.toIntExact(spec.shape().elements());
        Random random = new Random((node.name() + "/" + spec.name()).hashCode());
        boolean vector = spec.shape().sizes().size() == 1;
        boolean positive = spec.role() == WeightRole.SCALE;
        double scale = vector ? 0.1 : Math.sqrt(6.0 * node.outputShape().channels() / count);
        if (classifier) {
            // Features grow with each sum; softmax would make 0 and 1 of them, which agree whatever is wrong.
            scale /= 2048;
        }
        float factor = feedsSum && spec.name().equals("gamma") ? 0.25f : 1;
        FloatBuffer values = direct(count);
        for (int i = 0; i < count; i++) {
            float noise = random.nextFloat();
            values.put(i, positive ? (0.5f + noise) * factor : (float) ((2 * noise - 1) * scale));
        }
        return values;
    }

    /** Whether a layer is the end of a residual branch: numbers would double with each of these. */
    private static boolean feedsSum(Network network, String layer) {
        return network.nodes().stream()
                .filter(node -> node.inputs().contains(layer))
                .anyMatch(node -> node.layer() instanceof Add
                        || (node.layer() instanceof Dropout && feedsSum(network, node.name())));
    }

    /** Noise from -1 to 1, the same for all engines, in either order. */
    static FloatBuffer images(Shape shape, int images, boolean channelsFirst) {
        int cells = shape.height() * shape.width();
        int channels = shape.channels();
        Random random = new Random(1);
        FloatBuffer values = direct(images * cells * channels);
        for (int i = 0; i < values.capacity(); i++) {
            int image = i / channels / cells;
            int cell = i / channels % cells;
            int place = channelsFirst ? (image * channels + i % channels) * cells + cell : i;
            values.put(place, 2 * random.nextFloat() - 1);
        }
        return values;
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
