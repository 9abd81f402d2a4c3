package cnn.bench;

import cnn.dl4j.Coefficients;
import cnn.dl4j.PlainGraph;
import cnn.network.Network;
import cnn.network.Shape;
import cnn.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A network that Deeplearning4j's own layers train. */
final class Dl4jLearner implements Learner {
    private final ComputationGraph graph;
    private final DataSet batch;

    Dl4jLearner(TrainingTask task, Weights weights) throws IOException {
        if (task.trunk().isPresent()) {
            throw new IllegalArgumentException("Deeplearning4j is compared from the first layer that learns only");
        }
        this.graph = graph(task.tail(), weights);
        Shape image = task.tail().input().outputShape();
        FloatBuffer nchw = Contestant.images(image, task.images(), true);
        float[] values = new float[nchw.remaining()];
        nchw.get(values);
        long[] sizes = {task.images(), image.channels(), image.height(), image.width()};
        INDArray classes = Nd4j.zeros(
                DataType.FLOAT, task.images(), task.tail().output().outputShape().elements());
        int[] targets = task.targets();
        for (int i = 0; i < targets.length; i++) {
            classes.putScalar(i, targets[i], 1);
        }
        this.batch = new DataSet(Nd4j.create(values, sizes, 'c'), classes);
    }

    @Override
    public void run() {
        graph.fit(batch);
    }

    @Override
    public double loss() {
        return graph.score(batch, false);
    }

    @Override
    public long parameters() {
        return graph.numParams();
    }

    @Override
    public void close() {
        graph.close();
    }

    /** What plain Deeplearning4j makes of the files of a saved model. */
    private static ComputationGraph graph(Network network, Weights weights) throws IOException {
        ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(
                new String(PlainGraph.of(network, 42).json(), StandardCharsets.UTF_8));
        configuration.getVertices().values().forEach(vertex -> {
            if (vertex instanceof LayerVertex layer && layer.getLayerConf().getLayer() instanceof BaseLayer learning) {
                learning.setIUpdater(new Adam(1e-3, 0.9, 0.999, 1e-7));
            }
        });
        ByteArrayOutputStream coefficients = new ByteArrayOutputStream();
        Coefficients.write(network, weights, coefficients);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init(Nd4j.read(new ByteArrayInputStream(coefficients.toByteArray())), false);
        return graph;
    }
}
