package cnn.bench;

import cnn.network.Weights;
import cnn.program.Folding;
import cnn.program.Kernel;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A kernel in s8, on a scale of its own for each output channel.
 *
 * @param whole numbers in ONNX's order: out, in, height, width; for a matrix in, out
 * @param bias that is to be added, as a float
 */
record OnnxKernel(Kernel kernel, ByteBuffer whole, float[] scales, float[] bias) {
    private static final int MOST = 127;

    static OnnxKernel of(Kernel kernel, Weights weights) {
        Folding folding = Folding.of(kernel, weights);
        FloatBuffer values = Folding.kernel(kernel, weights);
        int outputs = kernel.outputs();
        float[] scales = new float[outputs];
        for (int i = 0; i < values.remaining(); i++) {
            scales[i % outputs] = Math.max(scales[i % outputs], Math.abs(values.get(i)));
        }
        for (int o = 0; o < outputs; o++) {
            scales[o] *= Math.abs(folding.factors()[o]) / MOST;
            scales[o] = scales[o] > 0 ? scales[o] : 1;
        }
        ByteBuffer whole = ByteBuffer.allocate(values.remaining());
        int inputs = kernel.isDepthwise() ? 1 : kernel.inputs() / kernel.weight().groups();
        int taps = values.remaining() / outputs / inputs;
        for (int i = 0; i < values.remaining(); i++) {
            int output = i % outputs;
            int input = i / outputs % inputs;
            int tap = i / outputs / inputs;
            int place = kernel.isDense() ? i : (output * inputs + input) * taps + tap;
            whole.put(place, (byte) Math.round(values.get(i) * folding.factors()[output] / scales[output]));
        }
        return new OnnxKernel(kernel, whole, scales, folding.bias());
    }

    /**
     * Adds it and its bias, which stands on the scale of the products.
     *
     * @param source scale of what it multiplies
     * @return the names of both as floats
     */
    List<String> operands(OnnxGraph graph, String name, float source) {
        int outputs = scales.length;
        ByteBuffer kernelScales = OnnxGraph.floats(outputs);
        ByteBuffer biasScales = OnnxGraph.floats(outputs);
        ByteBuffer biases = OnnxGraph.floats(outputs);
        for (int o = 0; o < outputs; o++) {
            kernelScales.putFloat(scales[o]);
            biasScales.putFloat(scales[o] * source);
            biases.putInt(Math.round(bias[o] / (scales[o] * source)));
        }
        graph.initializer(name + "/kernel/whole", OnnxGraph.INT8, whole, sizes());
        graph.initializer(name + "/kernel/scale", OnnxGraph.FLOAT, kernelScales.flip(), outputs);
        graph.initializer(name + "/kernel/zero", OnnxGraph.INT8, ByteBuffer.allocate(outputs), outputs);
        graph.initializer(name + "/bias/whole", OnnxGraph.INT32, biases.flip(), outputs);
        graph.initializer(name + "/bias/scale", OnnxGraph.FLOAT, biasScales.flip(), outputs);
        graph.initializer(name + "/bias/zero", OnnxGraph.INT32, OnnxGraph.floats(outputs), outputs);
        return List.of(
                dequantized(graph, name + "/kernel", kernel.isDense() ? 1 : 0), dequantized(graph, name + "/bias", 0));
    }

    private static String dequantized(OnnxGraph graph, String name, long axis) {
        List<String> numbers = List.of(name + "/whole", name + "/scale", name + "/zero");
        graph.add(new OnnxNode("DequantizeLinear", numbers, name).with("axis", axis));
        return name;
    }

    private long[] sizes() {
        if (kernel.isDense()) {
            return new long[] {kernel.inputs(), kernel.outputs()};
        }
        List<Integer> shape = kernel.weight().shape().sizes();
        int inputs = kernel.isDepthwise() ? 1 : kernel.inputs() / kernel.weight().groups();
        return new long[] {kernel.outputs(), inputs, shape.get(0), shape.get(1)};
    }
}
