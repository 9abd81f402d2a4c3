package cnn.program;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The definitions of the layers, as a backend: what the contract measures others by must keep it too. */
class PlainJavaBackendTest implements BackendContract, TrainingContract {

    @Override
    public Backend backend() {
        return new PlainJava();
    }

    private record PlainJava() implements Backend {

        @Override
        public String arithmetic() {
            return "plain Java, double";
        }

        @Override
        public ForwardPass compile(Network network, Weights weights, List<String> outputs, int images) {
            network.nodes().forEach(node -> node.weights().forEach(spec -> weights.checkedValues(node, spec)));
            return new Pass(
                    network, weights, outputs.stream().map(network::node).toList());
        }

        @Override
        public TrainableNetwork trainable(Network network, Weights initial, TrainingSetup setup) {
            return new NaiveTraining(network, initial, setup);
        }
    }

    private record Pass(Network network, Weights weights, List<Node> outputs) implements ForwardPass {

        @Override
        public List<float[]> run(FloatBuffer nhwc, int images) {
            FloatBuffer batch = nhwc.duplicate();
            List<float[]> values = new ArrayList<>();
            outputs.forEach(node ->
                    values.add(new float[images * (int) node.outputShape().elements()]));
            for (int image = 0; image < images; image++) {
                float[] pixels = new float[(int) network.input().outputShape().elements()];
                batch.get(pixels);
                Map<String, double[]> all = NaiveForwardPass.run(network, weights, pixels);
                for (int i = 0; i < outputs.size(); i++) {
                    double[] computed = all.get(outputs.get(i).name());
                    for (int j = 0; j < computed.length; j++) {
                        values.get(i)[image * computed.length + j] = (float) computed[j];
                    }
                }
            }
            return values;
        }

        @Override
        public void close() {}
    }
}
