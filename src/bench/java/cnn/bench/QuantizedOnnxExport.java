package cnn.bench;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.program.Cellwise;
import cnn.program.Kernel;
import cnn.program.Program;
import cnn.program.Ranges;
import cnn.program.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a network as an ONNX model in int8, as ONNX Runtime's own quantizer does for this kind of processor: batch norms
 * folded, weights s8 for each output channel, activations u8 with a zero point, biases s32, and each operator between
 * DequantizeLinear and QuantizeLinear, which ONNX Runtime makes operators on whole numbers of. What rectifiers cut off lies
 * outside the range of their results, so they are left out.
 */
final class QuantizedOnnxExport {
    private final Program program;
    private final Weights weights;
    private final Ranges ranges;
    private final OnnxGraph graph;
    private final Map<String, OnnxGrid> grids = new HashMap<>();

    private QuantizedOnnxExport(Program program, String name, Weights weights, Ranges ranges, int images) {
        this.program = program;
        this.weights = weights;
        this.ranges = ranges;
        this.graph = new OnnxGraph(name, weights, images);
    }

    /** @param ranges of all layers */
    static void write(Network network, Weights weights, Ranges ranges, int images, Path file) throws IOException {
        Program program =
                Program.forInference(network, List.of(network.output().name()));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            new QuantizedOnnxExport(program, network.name(), weights, ranges, images)
                    .model()
                    .writeTo(channel);
        }
    }

    private Message model() {
        program.steps().forEach(this::joinOnOneGrid);
        quantize(program.input().name(), program.input().name());
        program.steps().forEach(this::add);
        return graph.model(program.input(), program.outputs().get(0));
    }

    /** What gives parts of a concatenation gives them on the grid of the whole, so that they only have to be copied. */
    private void joinOnOneGrid(Step step) {
        if (step instanceof Step.Join join) {
            OnnxGrid grid = grid(join.target());
            join.sources().stream()
                    .filter(source -> program.uses().get(source) == 1)
                    .filter(source -> program.producer(source).orElseThrow() instanceof Step.Weighted)
                    .forEach(source -> grids.put(source, grid));
        }
    }

    private void add(Step step) {
        if (step instanceof Step.Convolve convolution) {
            convolve(convolution);
        } else if (step instanceof Step.Multiply product) {
            multiply(product);
        } else if (step instanceof Step.Pool pool) {
            pool(pool);
        } else if (step instanceof Step.Sum) {
            give(step.target(), result -> new OnnxNode("Add", floats(step.sources()), result));
        } else if (step instanceof Step.Join) {
            give(step.target(), result -> new OnnxNode("Concat", floats(step.sources()), result).with("axis", 1L));
        } else if (step instanceof Step.Reshape reshape) {
            reshape(reshape);
        } else if (step instanceof Cellwise.Softmax softmax && !softmax.logarithm()) {
            String source = floats(softmax.source());
            graph.add(new OnnxNode("Softmax", List.of(source), step.target()).with("axis", 1L));
        } else if (!(step instanceof Step.Deliver)) {
            throw new IllegalArgumentException("no int8 ONNX operator for " + step);
        }
    }

    private void convolve(Step.Convolve step) {
        Kernel kernel = step.kernel();
        Window window = kernel.window();
        long groups = kernel.isDepthwise() ? kernel.inputs() : kernel.weight().groups();
        Optional<String> addend = step.epilogue().addend();
        String product = addend.isPresent() ? lastLayer(step) : step.target();
        List<String> operands = operands(step);
        give(product, result -> windowed(new OnnxNode("Conv", operands, result), window, step.pads())
                .with("dilations", window.dilationHeight(), window.dilationWidth())
                .with("group", groups));
        addend.ifPresent(added -> give(
                step.target(), result -> new OnnxNode("Add", List.of(floats(product), floats(added)), result)));
    }

    private void multiply(Step.Multiply step) {
        List<String> operands = operands(step);
        give(step.target(), result -> new OnnxNode("Gemm", operands, result));
    }

    private List<String> operands(Step.Weighted step) {
        OnnxGrid target = grid(step.target());
        step.epilogue().terms().stream()
                .filter(term -> !target.replaces(term))
                .findAny()
                .ifPresent(term -> {
                    throw new IllegalArgumentException("no int8 ONNX operator for %s after %s"
                            .formatted(term, step.kernel().layer().name()));
                });
        List<String> operands = new ArrayList<>(List.of(floats(step.source())));
        operands.addAll(OnnxKernel.of(step.kernel(), weights)
                .operands(graph, step.target(), grid(step.source()).scale()));
        return operands;
    }

    /** The value that a convolution with an addend gives before that is added. */
    private static String lastLayer(Step.Convolve step) {
        List<Node> layers = step.weighted();
        return layers.get(layers.size() - 1).name();
    }

    private static OnnxNode windowed(OnnxNode node, Window window, Pads pads) {
        return node.with("strides", window.strideHeight(), window.strideWidth())
                .with("pads", pads.top(), pads.left(), pads.bottom(), pads.right());
    }

    private void pool(Step.Pool step) {
        Window window = step.window();
        Shape source = shape(step.source());
        boolean isMax = step.pooling() == Pooling.MAX;
        if (isMax) {
            grids.put(step.target(), grid(step.source()));
        }
        List<String> input = List.of(floats(step.source()));
        if (window.kernelHeight() == source.height() && window.kernelWidth() == source.width()) {
            String map = step.target() + "/map";
            grids.put(map, grid(step.target()));
            give(map, result -> new OnnxNode(isMax ? "GlobalMaxPool" : "GlobalAveragePool", input, result));
            resize(map, step.target());
            return;
        }
        give(step.target(), result -> {
            OnnxNode node = windowed(new OnnxNode(isMax ? "MaxPool" : "AveragePool", input, result), window, step.pads())
                    .with("kernel_shape", window.kernelHeight(), window.kernelWidth());
            return isMax ? node : node.with("count_include_pad", step.countPads() ? 1L : 0L);
        });
    }

    /** Through channels innermost, the order in which Keras flattens. */
    private void reshape(Step.Reshape step) {
        Shape from = shape(step.source());
        grids.put(step.target(), grid(step.source()));
        if (!from.isMap() || from.elements() == from.channels()) {
            resize(step.source(), step.target());
            return;
        }
        String turned = step.target() + "/nhwc";
        grids.put(turned, grid(step.source()));
        List<String> input = List.of(floats(step.source()));
        give(turned, result -> new OnnxNode("Transpose", input, result).with("perm", 0, 2, 3, 1));
        resize(turned, step.target());
    }

    /** The same numbers as a vector or a map of one cell. */
    private void resize(String source, String target) {
        Shape shape = shape(target);
        if (shape.isMap() && shape.elements() > shape.channels()) {
            throw new IllegalArgumentException("a map of " + shape + " out of something else");
        }
        String sizes = shape.isMap()
                ? graph.integers(target + "/sizes", graph.images(), shape.channels(), 1, 1)
                : graph.integers(target + "/sizes", graph.images(), shape.elements());
        give(target, result -> new OnnxNode("Reshape", List.of(floats(source), sizes), result));
    }

    /** Adds what gives a value, which is kept as whole numbers unless it must be floats. */
    private void give(String value, Function<String, OnnxNode> operator) {
        if (isFloat(value)) {
            graph.add(operator.apply(value));
            return;
        }
        graph.add(operator.apply(value + "/exact"));
        quantize(value, value + "/exact");
    }

    private void quantize(String value, String floats) {
        OnnxGrid grid = grid(value);
        List<String> numbers = grid.numbers(graph, value);
        graph.add(new OnnxNode(
                "QuantizeLinear", List.of(floats, numbers.get(0), numbers.get(1)), value + "/whole"));
        graph.add(new OnnxNode(
                "DequantizeLinear", List.of(value + "/whole", numbers.get(0), numbers.get(1)), value + "/floats"));
    }

    private List<String> floats(List<String> values) {
        return values.stream().map(this::floats).toList();
    }

    private String floats(String value) {
        return isFloat(value) ? value : value + "/floats";
    }

    /** Whether nothing but softmax reads it, or the caller. */
    private boolean isFloat(String value) {
        return program.shapes().containsKey(value)
                && program.steps().stream()
                        .filter(step -> step.sources().contains(value))
                        .allMatch(step -> step instanceof Step.Deliver || step instanceof Cellwise.Softmax)
                && program.steps().stream().anyMatch(step -> step.sources().contains(value));
    }

    private Shape shape(String value) {
        return program.shapes().get(value);
    }

    private OnnxGrid grid(String value) {
        return grids.computeIfAbsent(
                value, name -> OnnxGrid.of(ranges.values().get(name)));
    }
}
