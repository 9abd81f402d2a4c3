package cnn.onednn;

import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import java.nio.FloatBuffer;
import java.util.List;

/** A convolution or dense layer over whole numbers in plain loops: sums are of type long, and rounded when all is added up. */
final class WholeReference {
    private final Node node;
    private final int[] kernel;
    private final float[] scales;
    private final float[] bias;

    private WholeReference(Node node, int[] kernel, float[] scales, float[] bias) {
        this.node = node;
        this.kernel = kernel;
        this.scales = scales;
        this.bias = bias;
    }

    /**
     * @param scale of the source
     * @param means of the source's channels
     */
    static WholeReference of(Node node, Weights weights, double scale, List<Float> means) {
        WeightSpec spec = node.weights().get(0);
        FloatBuffer values = weights.values(node, spec);
        int outputs = node.outputShape().channels();
        boolean isDepthwise = node.layer() instanceof DepthwiseConv2D;
        int[] kernel = new int[values.limit()];
        float[] scales = new float[outputs];
        float[] bias = new float[outputs];
        if (node.weights().size() > 1) {
            weights.values(node, node.weights().get(1)).get(bias);
        }
        for (int c = 0; c < outputs; c++) {
            float farthest = 0;
            for (int i = c; i < kernel.length; i += outputs) {
                farthest = Math.max(farthest, Math.abs(values.get(i)));
            }
            scales[c] = farthest / 127;
            double sum = 0;
            float moved = 0;
            for (int i = c; i < kernel.length; i += outputs) {
                float weight = values.get(i) * (1 / scales[c]);
                kernel[i] = (int) (isDepthwise ? depthwise(weight, sum) : Math.rint(weight));
                sum += kernel[i] - weight;
                int input = isDepthwise ? c : i / outputs % node.inputShape().channels();
                moved += (kernel[i] - weight) * (float) (means.get(input) / scale);
            }
            scales[c] *= (float) scale;
            bias[c] = bias[c] / scales[c] - moved;
        }
        return new WholeReference(node, kernel, scales, bias);
    }

    /** Down or up, so that the sum of what rounding has changed stays small. */
    private static double depthwise(float weight, double sum) {
        double near = Math.rint(weight);
        double other = near > weight ? near - 1 : near + 1;
        return Math.abs(sum + other - weight) < Math.abs(sum + near - weight) && Math.abs(other) <= 127 ? other : near;
    }

    /** @param step what one stands for in the results */
    float[] apply(int[] source, double step) {
        long[] sums = sums(source);
        float[] results = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            int c = i % bias.length;
            float result = (sums[i] + bias[c]) * (scales[c] / (float) step);
            ActivationFunction function = function();
            if (!function.equals(ActivationFunction.LINEAR)) {
                result = Math.max(0, result);
            }
            if (function.equals(ActivationFunction.RELU6)) {
                result = Math.min(result, (float) (6 / step));
            }
            results[i] = result;
        }
        return results;
    }

    private long[] sums(int[] source) {
        Shape in = node.inputShape();
        Shape out = node.outputShape();
        boolean isMap = in.isMap();
        boolean isDepthwise = node.layer() instanceof DepthwiseConv2D;
        Window window = window();
        Pads pads = isMap ? window.pads(in) : Pads.NONE;
        int height = isMap ? in.height() : 1;
        int width = isMap ? in.width() : 1;
        int columns = isMap ? out.width() : 1;
        int inputs = in.channels();
        int outputs = out.channels();
        long[] sums = new long[(int) out.elements()];
        for (int i = 0; i < sums.length; i++) {
            int o = i % outputs;
            int top = i / outputs / columns * window.strideHeight() - pads.top();
            int left = i / outputs % columns * window.strideWidth() - pads.left();
            for (int cell = 0; cell < window.kernelHeight() * window.kernelWidth(); cell++) {
                int y = top + cell / window.kernelWidth();
                int x = left + cell % window.kernelWidth();
                if (y < 0 || y >= height || x < 0 || x >= width) {
                    continue;
                }
                int place = (y * width + x) * inputs;
                if (isDepthwise) {
                    sums[i] += (long) source[place + o] * kernel[cell * outputs + o];
                } else {
                    for (int c = 0; c < inputs; c++) {
                        sums[i] += (long) source[place + c] * kernel[(cell * inputs + c) * outputs + o];
                    }
                }
            }
        }
        return sums;
    }

    private Window window() {
        if (node.layer() instanceof Conv2D convolution) {
            return convolution.window();
        }
        return node.layer() instanceof DepthwiseConv2D convolution
                ? convolution.window()
                : Window.of(1, 1, Padding.VALID);
    }

    private ActivationFunction function() {
        if (node.layer() instanceof Conv2D convolution) {
            return convolution.activation();
        }
        return node.layer() instanceof DepthwiseConv2D convolution
                ? convolution.activation()
                : ((Dense) node.layer()).activation();
    }
}
