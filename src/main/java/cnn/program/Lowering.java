package cnn.program;

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
import cnn.network.LayerVisitor;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Scalar;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a network into steps, layer by layer; the steps of a layer that does nothing are none. */
final class Lowering implements LayerVisitor<List<Step>> {
    private final boolean dropout;
    private final Map<String, Shape> shapes = new HashMap<>();
    /** For layers that do nothing the value that they pass on. */
    private final Map<String, String> aliases = new HashMap<>();

    private Node node;

    private Lowering(boolean dropout) {
        this.dropout = dropout;
    }

    /** @param dropout whether dropout does anything */
    static Program lower(Network network, List<String> outputs, boolean dropout) {
        Lowering lowering = new Lowering(dropout);
        List<Step> steps = new ArrayList<>();
        for (Node node : network.leadingTo(outputs)) {
            steps.addAll(lowering.steps(node));
            if (outputs.contains(node.name())) {
                steps.add(new Step.Deliver(lowering.value(node.name()), node.name()));
            }
        }
        List<Node> delivered = outputs.stream().map(network::node).toList();
        return new Program(network.input(), Borders.absorb(steps), lowering.shapes, delivered);
    }

    private List<Step> steps(Node next) {
        node = next;
        shapes.put(node.name(), node.outputShape());
        List<Step> steps = node.layer().accept(this);
        if (steps.isEmpty() && !node.inputs().isEmpty()) {
            aliases.put(node.name(), source());
        }
        return steps;
    }

    @Override
    public List<Step> inputLayer(InputLayer input) {
        return List.of();
    }

    @Override
    public List<Step> conv2D(Conv2D convolution) {
        return convolve(convolution.window(), convolution.activation());
    }

    @Override
    public List<Step> depthwiseConv2D(DepthwiseConv2D convolution) {
        return convolve(convolution.window(), convolution.activation());
    }

    @Override
    public List<Step> dense(Dense dense) {
        return weighted(new Step.Multiply(Kernel.of(node), source(), Epilogue.NONE, node.name()), dense.activation());
    }

    @Override
    public List<Step> batchNormalization(BatchNormalization norm) {
        return List.of(new Step.Normalize(new Norm(node, norm), source(), node.name()));
    }

    @Override
    public List<Step> activation(Activation activation) {
        List<Step> steps = new ArrayList<>();
        activate(activation.function(), source(), steps);
        return steps;
    }

    @Override
    public List<Step> zeroPadding2D(ZeroPadding2D padding) {
        return List.of(new Step.Pad(padding.pads(), source(), node.name()));
    }

    @Override
    public List<Step> pooling2D(Pooling2D pooling) {
        return pool(pooling.pooling(), pooling.window());
    }

    @Override
    public List<Step> globalPooling2D(GlobalPooling2D pooling) {
        Shape map = node.inputShape();
        return pool(pooling.pooling(), new Window(map.height(), map.width(), 1, 1, 1, 1, Padding.VALID));
    }

    @Override
    public List<Step> add(Add add) {
        return List.of(new Step.Sum(sources(), node.name()));
    }

    @Override
    public List<Step> concatenate(Concatenate concatenate) {
        return List.of(new Step.Join(sources(), node.name()));
    }

    @Override
    public List<Step> flatten(Flatten flatten) {
        return List.of(new Step.Reshape(source(), node.name()));
    }

    @Override
    public List<Step> reshape(Reshape reshape) {
        return List.of(new Step.Reshape(source(), node.name()));
    }

    @Override
    public List<Step> dropout(Dropout layer) {
        return dropout && layer.rate() > 0 ? List.of(new Step.Drop(layer.rate(), source(), node.name())) : List.of();
    }

    private List<Step> convolve(Window window, ActivationFunction activation) {
        Kernel kernel = Kernel.of(node, window);
        Step.Convolve step =
                new Step.Convolve(kernel, source(), window.pads(node.inputShape()), Epilogue.NONE, node.name());
        return weighted(step, activation);
    }

    /** What the derivative can be told of by the results alone goes into the epilogue, for training too. */
    private List<Step> weighted(Step.Weighted step, ActivationFunction activation) {
        List<Scalar> terms = activation.terms();
        if (activation.isElementwise() && terms.stream().allMatch(Scalar::isDerivedFromResult) && terms.size() < 2) {
            Epilogue epilogue = terms.isEmpty() ? Epilogue.NONE : Epilogue.NONE.then(terms.get(0));
            return List.of(step.as(step.kernel(), epilogue, step.target()));
        }
        String linear = inner("linear", node.outputShape());
        List<Step> steps = new ArrayList<>(List.of(step.as(step.kernel(), Epilogue.NONE, linear)));
        activate(activation, linear, steps);
        return steps;
    }

    /** Applies a function as the last steps of this layer. */
    private void activate(ActivationFunction function, String argument, List<Step> steps) {
        if (!function.isElementwise()) {
            int innermost = node.outputShape().sizes().size() - 1;
            boolean logarithm = function.equals(ActivationFunction.LOG_SOFTMAX);
            steps.add(new Step.Softmax(logarithm, innermost, argument, node.name()));
        }
        String value = argument;
        for (int i = 0; i < function.terms().size(); i++) {
            boolean isLast = i == function.terms().size() - 1;
            String result = isLast ? node.name() : inner("term " + i, node.outputShape());
            steps.add(new Step.Activate(function.terms().get(i), value, result));
            value = result;
        }
    }

    /** A value within this layer. */
    private String inner(String what, Shape shape) {
        String name = node.name() + "/" + what;
        shapes.put(name, shape);
        return name;
    }

    private List<Step> pool(Pooling pooling, Window window) {
        return List.of(new Step.Pool(pooling, window, window.pads(node.inputShape()), false, source(), node.name()));
    }

    private String source() {
        return sources().get(0);
    }

    private List<String> sources() {
        return node.inputs().stream().map(this::value).toList();
    }

    private String value(String layer) {
        return aliases.getOrDefault(layer, layer);
    }
}
