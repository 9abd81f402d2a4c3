package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Window;
import java.util.ArrayList;
import java.util.List;

/** One computation of a program: it takes values, each known by a name, and gives one. */
public sealed interface Step {

    /** The values it reads; one that it reads twice stands there twice. */
    List<String> sources();

    String target();

    /** A convolution; {@code pads} are all cells round the source, whatever the window says. */
    record Convolve(Kernel kernel, String source, Pads pads, Epilogue epilogue, String target) implements Weighted {}

    /** A matrix product of a vector with a dense layer's kernel. */
    record Multiply(Kernel kernel, String source, Epilogue epilogue, String target) implements Weighted {}

    /** Steps with weights; what follows them can be put into their kernel or their epilogue. */
    sealed interface Weighted extends Step permits Convolve, Multiply {
        Kernel kernel();

        String source();

        Epilogue epilogue();

        default Weighted as(Kernel kernel, Epilogue epilogue, String target) {
            return this instanceof Convolve convolve
                    ? new Convolve(kernel, source(), convolve.pads(), epilogue, target)
                    : new Multiply(kernel, source(), epilogue, target);
        }

        @Override
        default List<String> sources() {
            List<String> sources = new ArrayList<>(List.of(source()));
            epilogue().addend().ifPresent(sources::add);
            return sources;
        }
    }

    /** The maximum or mean of windows; {@code countPads} tells whether cells of padding count as zeros in a mean. */
    record Pool(Pooling pooling, Window window, Pads pads, boolean countPads, String source, String target)
            implements Step {
        @Override
        public List<String> sources() {
            return List.of(source);
        }
    }

    /** An activation function by itself; softmax too. */
    record Activate(ActivationFunction function, String source, String target) implements Step {
        @Override
        public List<String> sources() {
            return List.of(source);
        }
    }

    /** The sum of values of one shape. */
    record Sum(List<String> sources, String target) implements Step {}

    /** Maps one behind the other along the channels. */
    record Join(List<String> sources, String target) implements Step {}

    /** Zeros round a map. */
    record Pad(Pads pads, String source, String target) implements Step {
        @Override
        public List<String> sources() {
            return List.of(source);
        }
    }

    /** The same numbers, channels innermost, under another shape. */
    record Reshape(String source, String target) implements Step {
        @Override
        public List<String> sources() {
            return List.of(source);
        }
    }

    /** Hands a value to the caller; its target names the layer asked for. */
    record Deliver(String source, String target) implements Step {
        @Override
        public List<String> sources() {
            return List.of(source);
        }
    }
}
