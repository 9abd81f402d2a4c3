package cnn.train;

import cnn.UserError;
import cnn.classify.Lookahead;
import cnn.features.FeatureLayout;
import cnn.metrics.ConfusionMatrix;
import cnn.model.Model;
import cnn.network.Weights;
import cnn.program.BatchResult;
import cnn.program.TrainableNetwork;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** A network in training, with the samples that it learns from and is judged by. Used by one thread. */
final class Trainer implements AutoCloseable {
    private final TrainableNetwork tail;
    private final Optional<Model> trunk;
    private final int trunkFloats;
    private final FloatBuffer activations;
    private final Batches training;
    private final Batches validation;
    private final TrainingRequest request;
    private final Phase phase;
    private final BooleanSupplier stopping;
    private final Mixup mixup;

    /** Hears how many batches of how many are done. */
    @FunctionalInterface
    interface BatchProgress {
        BatchProgress NONE = (done, all) -> {};

        void done(int batches, int all);
    }

    /** Means over some samples. */
    record Score(double loss, double accuracy, double macroF1) {}

    /**
     * @param tail the layers above the cut; closed with this
     * @param trunk the layers below it, where training samples are pictures; closed with this
     * @param stopping whether to give up between two batches
     */
    Trainer(
            TrainableNetwork tail,
            Optional<Model> trunk,
            Batches training,
            Batches validation,
            TrainingRequest request,
            Phase phase,
            BooleanSupplier stopping) {
        this.tail = tail;
        this.trunk = trunk;
        this.trunkFloats = trunk.map(
                        below -> FeatureLayout.of(below, Optional.empty()).floats())
                .orElse(0);
        this.activations = Batches.buffer(trunk.isPresent() ? request.batchSize() : 0, trunkFloats);
        this.training = training;
        this.validation = validation;
        this.request = request;
        this.phase = phase;
        this.mixup = new Mixup(request.regularization().mixup(), request.seed());
        this.stopping = stopping;
    }

    /**
     * Learns from every training sample once, then looks at the validation samples.
     *
     * @param epoch of all phases together, counted from 1
     * @param done epochs of this phase before this one
     * @param progress hears how many batches of how many have been learnt from
     * @throws UserError if the loss is no number any more
     */
    EpochRow epoch(int epoch, int done, BatchProgress progress) {
        Score learnt;
        try (Lookahead<Integer, Batches.Inputs> batches = training.shuffled(request.seed(), epoch)) {
            learnt = run(training, batches, epoch, OptionalInt.of(done), progress);
        }
        Score judged = judge(epoch);
        return EpochRow.of(epoch, learnt, judged, phase);
    }

    /** How good the network is without learning anything. */
    EpochRow before() {
        Score learnt;
        try (Lookahead<Integer, Batches.Inputs> batches = training.inOrder()) {
            learnt = run(training, batches, 0, OptionalInt.empty(), BatchProgress.NONE);
        }
        Score judged = judge(0);
        return EpochRow.of(0, learnt, judged, phase);
    }

    /** A copy of the weights of all layers above the cut. */
    Weights weights() {
        return tail.weights();
    }

    void save(DataOutput out) throws IOException {
        tail.saveState(out);
    }

    void restore(DataInput in) throws IOException {
        tail.restoreState(in);
    }

    @Override
    public void close() {
        tail.close();
        trunk.ifPresent(Model::close);
    }

    /**
     * How good the network is on the validation samples.
     *
     * @param epoch for the message if the loss is no number
     */
    Score judge(int epoch) {
        try (Lookahead<Integer, Batches.Inputs> batches = validation.inOrder()) {
            return run(validation, batches, epoch, OptionalInt.empty(), BatchProgress.NONE);
        }
    }

    /** @param before epochs of this phase before this one, if it is to be learnt from */
    private Score run(
            Batches source,
            Lookahead<Integer, Batches.Inputs> batches,
            int epoch,
            OptionalInt before,
            BatchProgress progress) {
        int all = (source.samples() + request.batchSize() - 1) / request.batchSize();
        int done = 0;
        double loss = 0;
        long correct = 0;
        IntBuffer actual = IntBuffer.allocate(source.samples());
        IntBuffer predicted = IntBuffer.allocate(source.samples());
        while (batches.hasNext()) {
            if (stopping.getAsBoolean()) {
                throw new TrainingStopped();
            }
            Batches.Inputs inputs = batches.next();
            FloatBuffer nhwc = source == training ? throughTrunk(inputs) : inputs.nhwc();
            if (before.isPresent()) {
                tail.learningRate(rate(before.getAsInt(), done, all));
            }
            BatchResult result = before.isPresent()
                    ? tail.train(nhwc, mixup.mix(nhwc, inputs, epoch, done), inputs.samples())
                    : tail.evaluate(nhwc, inputs.targets(), inputs.weights(), inputs.samples());
            source.reuse(inputs);
            loss += result.lossSum();
            correct += result.correct();
            actual.put(inputs.targets());
            predicted.put(result.predicted());
            checkFinite(result.lossSum(), epoch);
            progress.done(++done, all);
        }
        ConfusionMatrix confusion = ConfusionMatrix.of(actual.array(), predicted.array(), source.classes());
        return new Score(
                loss / source.samples(),
                (double) correct / source.samples(),
                confusion.macro().f1());
    }

    /** That of a batch of an epoch of the phase; both counted from 0. */
    private double rate(int epoch, int batch, int batches) {
        return phase.optimizer().learningRate()
                * phase.schedule().factor((long) epoch * batches + batch, (long) phase.epochs() * batches, batches);
    }

    private FloatBuffer throughTrunk(Batches.Inputs inputs) {
        if (trunk.isEmpty()) {
            return inputs.nhwc();
        }
        float[] computed =
                trunk.get().pass().run(inputs.nhwc(), inputs.samples()).get(0);
        return activations
                .clear()
                .put(computed, 0, inputs.samples() * trunkFloats)
                .flip();
    }

    private void checkFinite(double loss, int epoch) {
        if (!Double.isFinite(loss)) {
            throw UserError.data(("the loss is no finite number any more in epoch %d; try a smaller --learning-rate "
                            + "(it was %s), another --optimizer, or batchnorm in the head")
                    .formatted(epoch, phase.optimizer().learningRate()));
        }
    }
}
