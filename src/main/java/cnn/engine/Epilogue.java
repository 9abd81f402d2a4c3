package cnn.engine;

import cnn.network.ActivationFunction;
import java.util.Optional;

/**
 * What a convolution does to each of its results before it stores them.
 *
 * @param addend a value of the same shape to be added
 * @param activation applied last; not softmax, which needs all channels
 */
record Epilogue(Optional<String> addend, ActivationFunction activation) {

    static final Epilogue NONE = new Epilogue(Optional.empty(), ActivationFunction.LINEAR);

    boolean isLinear() {
        return activation == ActivationFunction.LINEAR;
    }

    boolean isNone() {
        return equals(NONE);
    }

    Epilogue plus(String value) {
        return new Epilogue(Optional.of(value), activation);
    }

    Epilogue then(ActivationFunction function) {
        return new Epilogue(addend, function);
    }
}
