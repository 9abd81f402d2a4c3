package cnn.bench;

import java.util.List;

/** A node of an ONNX graph while it is put together (onnx.proto: NodeProto, AttributeProto). */
final class OnnxNode {
    private final Message message = new Message();

    OnnxNode(String operator, List<String> inputs, String output) {
        inputs.forEach(input -> message.text(1, input));
        message.text(2, output).text(3, output).text(4, operator);
    }

    OnnxNode with(String attribute, long value) {
        message.message(5, new Message().text(1, attribute).number(3, value).number(20, 2));
        return this;
    }

    OnnxNode with(String attribute, float value) {
        message.message(5, new Message().text(1, attribute).real(2, value).number(20, 1));
        return this;
    }

    OnnxNode with(String attribute, long... values) {
        Message list = new Message().text(1, attribute);
        for (long value : values) {
            list.number(8, value);
        }
        message.message(5, list.number(20, 7));
        return this;
    }

    Message message() {
        return message;
    }
}
