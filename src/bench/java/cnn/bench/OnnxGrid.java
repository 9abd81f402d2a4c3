package cnn.bench;

import cnn.network.Scalar;
import cnn.program.Range;
import java.nio.ByteBuffer;
import java.util.List;

/** The numbers that u8 stands for in ONNX: (whole - zero) times the scale. */
record OnnxGrid(float scale, int zero) {
    private static final int MOST = 255;

    /** With room for all numbers of a range, and zero among them. */
    static OnnxGrid of(Range range) {
        double low = Math.min(range.low(), 0);
        double scale = (Math.max(range.high(), 0) - low) / MOST;
        return scale == 0 ? new OnnxGrid(1, 0) : new OnnxGrid((float) scale, (int) Math.round(-low / scale));
    }

    /** Whether its ends cut off what a rectifier cuts off. */
    boolean replaces(Scalar term) {
        return zero == 0 && term.alpha() == 0
                && (term.kind() == Scalar.Kind.RELU
                        || (term.kind() == Scalar.Kind.CLIP && scale * MOST <= term.beta() * (1 + 1e-6)));
    }

    /** The names of scale and zero. */
    List<String> numbers(OnnxGraph graph, String value) {
        return List.of(
                graph.initializer(
                        value + "/scale", OnnxGraph.FLOAT, OnnxGraph.floats(1).putFloat(scale).flip()),
                graph.initializer(
                        value + "/zero", OnnxGraph.UINT8, ByteBuffer.wrap(new byte[] {(byte) zero})));
    }
}
