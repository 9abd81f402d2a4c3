package cnn.network;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network of an input and one layer on it, with weights written down in a test. */
final class OneLayer implements Weights {
    private final Network network;
    private final Map<String, float[]> weights = new HashMap<>();

    OneLayer(Shape input, Layer layer) {
        NetworkBuilder builder = Network.builder("test", "input", input);
        network = builder.build(builder.add("layer", layer, "input"));
    }

    OneLayer with(String weight, float... values) {
        weights.put(weight, values);
        return this;
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        return FloatBuffer.wrap(weights.get(weight.name()));
    }

    /** The layer's output for some inputs one behind the other. */
    float[] run(ForwardPasses passes, float... inputs) {
        int images =
                inputs.length / Math.toIntExact(network.input().outputShape().elements());
        try (ForwardPass pass = passes.open(network, this, List.of("layer"))) {
            return pass.run(FloatBuffer.wrap(inputs), images).get(0);
        }
    }
}
