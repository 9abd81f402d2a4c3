package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.Channels;
import cnn.network.Conv2DTranspose;
import cnn.network.Cropping2D;
import cnn.network.Dot;
import cnn.network.GroupNormalization;
import cnn.network.Layer;
import cnn.network.LayerNormalization;
import cnn.network.Merge;
import cnn.network.Node;
import cnn.network.Normalization;
import cnn.network.Permute;
import cnn.network.Rescaling;
import cnn.network.ScaledSum;
import cnn.network.Shape;
import cnn.network.Softmax;
import cnn.network.UpSampling2D;
import cnn.network.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/** More layers as their definitions say, over doubles; see {@link NaiveForwardPass}. */
final class NaiveLayers {
    private final Node node;
    private final Function<String, float[]> weight;
    private final List<double[]> inputs;
    private final double[] input;
    private final Shape in;
    private final Shape out;
    private final int channels;

    /** @param weight by name; empty if the layer has none of it */
    NaiveLayers(Node node, Function<String, float[]> weight, List<double[]> inputs) {
        this.node = node;
        this.weight = weight;
        this.inputs = inputs;
        this.input = inputs.get(0);
        this.in = node.inputShape();
        this.out = node.outputShape();
        this.channels = in.channels();
    }

    double[] compute(Layer layer) {
        if (layer instanceof Conv2DTranspose convolution) {
            return transposed(convolution);
        } else if (layer instanceof LayerNormalization norm) {
            return scaled(rows(channels, norm.epsilon()));
        } else if (layer instanceof GroupNormalization norm) {
            return scaled(rows(channels / norm.groupsOf(in), norm.epsilon()));
        } else if (layer instanceof Normalization norm) {
            float[] mean = weight.apply("mean");
            float[] variance = weight.apply("variance");
            return eachChannel((x, c) -> {
                double m = mean.length > 0 ? mean[(int) c] : at(norm.mean(), c);
                double deviation = Math.sqrt(variance.length > 0 ? variance[(int) c] : at(norm.variance(), c));
                return norm.invert() ? m + x * Math.max(deviation, 1e-7) : (x - m) / Math.max(deviation, 1e-7);
            });
        } else if (layer instanceof Rescaling rescaling) {
            return eachChannel((x, c) -> x * at(rescaling.scale(), c) + at(rescaling.offset(), c));
        } else if (layer instanceof Softmax softmax) {
            return softmax(softmax.place(in.sizes().size()));
        } else if (layer instanceof Cropping2D cropping) {
            return placed((y, x, c) -> input[
                    ((y + cropping.sides().top()) * in.width()
                                            + x
                                            + cropping.sides().left())
                                    * channels
                            + c]);
        } else if (layer instanceof Channels chosen) {
            return placed((y, x, c) ->
                    input[(y * in.width() + x) * channels + chosen.chosen().get(c)]);
        } else if (layer instanceof UpSampling2D sampling) {
            return sampling.bilinear()
                    ? placed((y, x, c) ->
                            between((y + 0.5) / sampling.height() - 0.5, (x + 0.5) / sampling.width() - 0.5, c))
                    : placed((y, x, c) ->
                            input[(y / sampling.height() * in.width() + x / sampling.width()) * channels + c]);
        } else if (layer instanceof Add) {
            return together("ADD", 1);
        } else if (layer instanceof Merge merge) {
            boolean mean = merge.operation() == Merge.Operation.AVERAGE;
            return together(mean ? "ADD" : merge.operation().name(), mean ? 1.0 / inputs.size() : 1);
        } else if (layer instanceof ScaledSum sum) {
            double[] output = input.clone();
            Arrays.setAll(output, i -> input[i] + sum.scale() * inputs.get(1)[i]);
            return output;
        } else if (layer instanceof Dot dot) {
            return new double[] {
                dot(input, inputs.get(1))
                        / (dot.normalize() ? Math.sqrt(dot(input, input) * dot(inputs.get(1), inputs.get(1))) : 1)
            };
        } else if (layer instanceof Permute permute) {
            return permuted(permute.dims());
        }
        throw new AssertionError(layer);
    }

    /** Each input cell adds its kernel to the cells that it reaches. */
    private double[] transposed(Conv2DTranspose convolution) {
        Window window = convolution.window();
        int rows = (window.kernelHeight() - 1) * window.dilationHeight() + 1 - window.strideHeight();
        int columns = (window.kernelWidth() - 1) * window.dilationWidth() + 1 - window.strideWidth();
        boolean same = window.padding() == cnn.network.Padding.SAME;
        int more = convolution.moreInFront() ? 1 : 0;
        int top = same ? (rows + more) / 2 : 0;
        int left = same ? (columns + more) / 2 : 0;
        float[] kernel = weight.apply("kernel");
        float[] bias = weight.apply("bias");
        int filters = out.channels();
        double[] output = new double[(int) out.elements()];
        for (int i = 0; i < output.length; i++) {
            output[i] = bias.length == 0 ? 0 : bias[i % filters];
        }
        for (int i = 0; i < input.length; i++) {
            int c = i % channels;
            int row = i / channels / in.width() * window.strideHeight() - top;
            int column = i / channels % in.width() * window.strideWidth() - left;
            for (int tap = 0; tap < window.kernelHeight() * window.kernelWidth(); tap++) {
                int y = row + tap / window.kernelWidth() * window.dilationHeight();
                int x = column + tap % window.kernelWidth() * window.dilationWidth();
                if (y >= 0 && y < out.height() && x >= 0 && x < out.width()) {
                    for (int f = 0; f < filters; f++) {
                        output[(y * out.width() + x) * filters + f] +=
                                input[i] * kernel[(tap * filters + f) * channels + c];
                    }
                }
            }
        }
        ActivationFunction function = convolution.activation();
        return function.equals(ActivationFunction.LINEAR)
                ? output
                : Arrays.stream(output)
                        .map(v -> NaiveFunctions.value(function, v))
                        .toArray();
    }

    /** Normalised over runs of so many channels, over cells too if there are several groups of them. */
    private double[] rows(int width, double epsilon) {
        double[] output = new double[input.length];
        boolean overCells = node.layer() instanceof GroupNormalization;
        int cells = overCells ? input.length / channels : 1;
        for (int first = 0; first < input.length / (cells * width); first++) {
            int[] places = new int[cells * width];
            for (int k = 0; k < places.length; k++) {
                places[k] = overCells ? k / width * channels + first * width + k % width : first * width + k;
            }
            double mean =
                    Arrays.stream(places).mapToDouble(i -> input[i]).average().orElseThrow();
            double variance = Arrays.stream(places)
                    .mapToDouble(i -> (input[i] - mean) * (input[i] - mean))
                    .average()
                    .orElseThrow();
            for (int i : places) {
                output[i] = (input[i] - mean) / Math.sqrt(variance + epsilon);
            }
        }
        return output;
    }

    private double[] scaled(double[] values) {
        float[] gamma = weight.apply("gamma");
        float[] beta = weight.apply("beta");
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * (gamma.length == 0 ? 1 : gamma[i % channels])
                    + (beta.length == 0 ? 0 : beta[i % channels]);
        }
        return values;
    }

    private double[] softmax(int axis) {
        int size = in.sizes().get(axis);
        int stride = 1;
        for (int later : in.sizes().subList(axis + 1, in.sizes().size())) {
            stride *= later;
        }
        double[] output = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            int start = i - i / stride % size * stride;
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += Math.exp(input[start + k * stride] - input[i]);
            }
            output[i] = 1 / sum;
        }
        return output;
    }

    private double between(double row, double column, int c) {
        double y = Math.min(Math.max(row, 0), in.height() - 1);
        double x = Math.min(Math.max(column, 0), in.width() - 1);
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(top + 1, in.height() - 1);
        int right = Math.min(left + 1, in.width() - 1);
        double above = cell(top, left, c) * (1 - x + left) + cell(top, right, c) * (x - left);
        double below = cell(bottom, left, c) * (1 - x + left) + cell(bottom, right, c) * (x - left);
        return above * (1 - y + top) + below * (y - top);
    }

    private double cell(int y, int x, int c) {
        return input[(y * in.width() + x) * channels + c];
    }

    private double[] together(String operation, double factor) {
        double[] result = new double[(int) out.elements()];
        for (int i = 0; i < result.length; i++) {
            double value = part(0, i);
            for (int k = 1; k < inputs.size(); k++) {
                value = operator(operation).applyAsDouble(value, part(k, i));
            }
            result[i] = value * factor;
        }
        return result;
    }

    /** The number of an input that goes with the {@code place}-th of the result. */
    private double part(int which, int place) {
        List<Integer> sizes = node.inputShapes().get(which).sizes();
        int index = 0;
        int stride = 1;
        int rest = place;
        for (int axis = out.sizes().size() - 1; axis >= 0; axis--) {
            int own = axis - out.sizes().size() + sizes.size();
            int size = own < 0 ? 1 : sizes.get(own);
            index += size == 1 ? 0 : rest % out.sizes().get(axis) * stride;
            stride *= size;
            rest /= out.sizes().get(axis);
        }
        return inputs.get(which)[index];
    }

    private static DoubleBinaryOperator operator(String name) {
        return switch (name) {
            case "ADD" -> Double::sum;
            case "SUBTRACT" -> (a, b) -> a - b;
            case "MULTIPLY" -> (a, b) -> a * b;
            case "DIVIDE" -> (a, b) -> a / b;
            case "MAXIMUM" -> Math::max;
            case "MINIMUM" -> Math::min;
            default -> throw new AssertionError(name);
        };
    }

    private double[] permuted(List<Integer> dims) {
        double[] output = new double[input.length];
        int rank = dims.size();
        for (int i = 0; i < input.length; i++) {
            int[] places = new int[rank];
            int rest = i;
            for (int axis = rank - 1; axis >= 0; axis--) {
                places[axis] = rest % in.sizes().get(axis);
                rest /= in.sizes().get(axis);
            }
            int to = 0;
            for (int axis = 0; axis < rank; axis++) {
                to = to * out.sizes().get(axis) + places[dims.get(axis) - 1];
            }
            output[to] = input[i];
        }
        return output;
    }

    /** What the number at a place of the result is. */
    private interface Cell {
        double at(int y, int x, int c);
    }

    private double[] placed(Cell cell) {
        double[] output = new double[(int) out.elements()];
        for (int i = 0; i < output.length; i++) {
            int place = i / out.channels();
            output[i] = cell.at(place / out.width(), place % out.width(), i % out.channels());
        }
        return output;
    }

    private double[] eachChannel(DoubleBinaryOperator valueAndChannel) {
        double[] output = new double[input.length];
        Arrays.setAll(output, i -> valueAndChannel.applyAsDouble(input[i], i % channels));
        return output;
    }

    private static double at(List<Double> numbers, double channel) {
        return numbers.get(numbers.size() == 1 ? 0 : (int) channel);
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
