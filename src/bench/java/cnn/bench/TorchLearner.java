package cnn.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Optional;

/** A network that PyTorch trains; its frozen layers run without a record for the backward pass. */
final class TorchLearner implements Learner {
    private final Engine engine = Engine.getEngine("PyTorch");
    private final NDManager manager = engine.newBaseManager();
    private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
    private final Optimizer adam = Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed(1e-3f))
            .optEpsilon(1e-7f)
            .build();
    private final Optional<TorchNetwork> trunk;
    private final TorchNetwork tail;
    private final FloatBuffer batch;
    private final Shape shape;
    private final NDArray targets;

    TorchLearner(TrainingTask task, Weights weights) {
        cnn.network.Shape image = task.first().input().outputShape();
        this.batch = Contestant.images(image, task.images(), true);
        this.shape = new Shape(task.images(), image.channels(), image.height(), image.width());
        this.targets = manager.create(task.targets());
        this.trunk = task.trunk().map(network -> new TorchNetwork(network, weights, manager));
        this.tail = new TorchNetwork(task.tail(), weights, manager);
        tail.learn();
    }

    @Override
    public void run() {
        try (NDManager step = manager.newSubManager()) {
            NDArray activations = activations(step);
            try (GradientCollector gradients = engine.newGradientCollector()) {
                gradients.backward(loss(tail.forward(activations, true)));
            }
            tail.update(adam);
        }
    }

    @Override
    public double loss() {
        try (NDManager step = manager.newSubManager()) {
            return loss(tail.forward(activations(step), false)).getFloat();
        }
    }

    @Override
    public long parameters() {
        return tail.parameterCount();
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray activations(NDManager step) {
        NDArray images = step.create(batch.duplicate(), shape);
        return trunk.map(network -> network.forward(images, false)).orElse(images);
    }

    private NDArray loss(NDArray logits) {
        return crossEntropy.evaluate(new NDList(targets), new NDList(logits));
    }
}
