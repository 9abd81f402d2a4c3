package cnn.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
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

    OnnxForwardPass(Network network, Weights weights, int images, int threads) throws IOException {
        this.network = network;
        Path file = Files.createTempFile("bench", ".onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OnnxExport.write(network, weights, images, file);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
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
