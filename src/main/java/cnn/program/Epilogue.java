package cnn.program;

import cnn.network.ActivationFunction;
import java.util.Optional;

/**
 * What a convolution does to each of its results before it stores them.
 *
 * @param addend a value of the same shape to be added
 * @param activation applied last; not softmax, which needs all channels
 */
public record Epilogue(Optional<String> addend, ActivationFunction activation) {

    public static final Epilogue NONE = new Epilogue(Optional.empty(), ActivationFunction.LINEAR);

    public boolean isLinear() {
        return activation == ActivationFunction.LINEAR;
    }

    public boolean isNone() {
        return equals(NONE);
    }

    public Epilogue plus(String value) {
        return new Epilogue(Optional.of(value), activation);
    }

    public Epilogue then(ActivationFunction function) {
        return new Epilogue(addend, function);
    }
}
