package cnn.network;

import cnn.UserError;
import java.util.List;

/** Checks of what is fed to a layer. */
final class Inputs {

    private Inputs() {}

    static Shape single(List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw UserError.data("one input expected, not " + inputs.size());
        }
        return inputs.get(0);
    }

    static Shape map(List<Shape> inputs) {
        Shape input = single(inputs);
        if (!input.isMap()) {
            throw UserError.data("a feature map (height, width, channels) expected, not " + input);
        }
        return input;
    }
}
