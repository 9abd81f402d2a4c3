package cnn.bench;

import cnn.onednn.CompiledNetwork;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.onednn.OneDnn;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import cnn.network.Node;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** A network that the engine trains. */
final class EngineLearner implements Learner {
    private final TrainingTask task;
    private final Optional<CompiledNetwork> trunk;
    private final TrainableNetwork tail;
    private final FloatBuffer batch;
    private final int[] targets;
    private final float[] sampleWeights;

    /** @param precision of the frozen layers */
    EngineLearner(TrainingTask task, Weights weights, Precision precision) {
        this.task = task;
        this.batch = Contestant.images(task.first().input().outputShape(), task.images(), false);
        this.targets = task.targets();
        this.sampleWeights = new float[task.images()];
        Arrays.fill(sampleWeights, 1);
        this.trunk = task.trunk()
                .map(network -> CompiledNetwork.compile(
                        network, weights, List.of(network.output().name()), precision, task.images()));
        Set<String> layers = task.tail().nodes().stream().map(Node::name).collect(Collectors.toSet());
        Optimizer adam = Optimizer.named("adam", OptionalDouble.empty());
        this.tail = new OneDnn(Precision.FP32).trainable(
                task.tail(), weights, new TrainingSetup(layers, layers, adam, task.images(), 42));
    }

    @Override
    public void run() {
        tail.train(activations(), targets, sampleWeights, task.images());
    }

    @Override
    public double loss() {
        return tail.evaluate(activations(), targets, sampleWeights, task.images())
                        .lossSum()
                / task.images();
    }

    @Override
    public long parameters() {
        return task.tail().trainableParameters();
    }

    @Override
    public void close() {
        trunk.ifPresent(CompiledNetwork::close);
        tail.close();
    }

    private FloatBuffer activations() {
        return trunk.map(network -> FloatBuffer.wrap(
                        network.run(batch.duplicate(), task.images()).get(0)))
                .orElseGet(batch::duplicate);
    }
}
