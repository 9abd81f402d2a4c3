package cnn.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.program.Ranges;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A network in ONNX Runtime, all optimisations on; takes images as channel, height, width, the order it likes best. */
final class OnnxForwardPass implements ForwardPass {
    private final Network network;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxForwardPass(Network network, Path file, int threads) {
        this.network = network;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    static OnnxForwardPass of(Network network, Weights weights, int images, int threads) throws IOException {
        Path file = Files.createTempFile("bench", ".onnx");
        try {
            OnnxExport.write(network, weights, images, file);
            return new OnnxForwardPass(network, file, threads);
        } finally {
            Files.delete(file);
        }
    }

    /** In int8. */
    static OnnxForwardPass quantized(Network network, Weights weights, Ranges ranges, int images, int threads)
            throws IOException {
        Path file = Files.createTempFile("bench", ".onnx");
        try {
            QuantizedOnnxExport.write(network, weights, ranges, images, file);
            return new OnnxForwardPass(network, file, threads);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public List<Node> outputs() {
        return List.of(network.output());
    }

    @Override
    public List<float[]> run(FloatBuffer nchw, int images) {
        int channels = network.input().outputShape().channels();
        int height = network.input().outputShape().height();
        int width = network.input().outputShape().width();
        try (OnnxTensor input =
                        OnnxTensor.createTensor(environment, nchw, new long[] {images, channels, height, width});
                OrtSession.Result result = session.run(Map.of(network.input().name(), input))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return List.of(copy);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
