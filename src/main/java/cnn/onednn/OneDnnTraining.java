package cnn.onednn;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.onednn.TrainingCompiler.Mode;
import cnn.program.BatchResult;
import cnn.program.FloatsIo;
import cnn.program.Logits;
import cnn.program.Loss;
import cnn.program.Optimizer;
import cnn.program.Program;
import cnn.program.Targets;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns in oneDNN's primitives: forward, backward and update. The same calls give the same bits with the same number of
 * threads.
 */
final class OneDnnTraining implements TrainableNetwork {

    private record Key(Mode mode, int images) {}

    private final Network network;
    private final TrainingSetup setup;
    private final Loss loss;
    private final NativeMemory memory = new NativeMemory();
    private final LearnedWeights weights;
    private final Map<Key, TrainingPlan> plans = new LinkedHashMap<>();
    private final Updates updates;
    private final KernelPenalty penalty;
    private Optimizer optimizer;
    private final Workspace workspace = new Workspace(memory);
    private long step;

    /** Ready for batches of the setup's size; other sizes are compiled when they come. */
    OneDnnTraining(Network network, Weights initial, TrainingSetup setup) {
        this.network = network;
        this.setup = setup;
        this.loss = Loss.of(Logits.of(Program.forTraining(network, true)), setup.labelSmoothing());
        this.optimizer = setup.optimizer();
        this.weights = new LearnedWeights(initial, Learners.of(setup), memory);
        try {
            plan(Mode.TRAIN, setup.batchSize());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        this.updates = new Updates(weights.changing(), setup);
        this.penalty = KernelPenalty.of(network, setup.l2(), weights);
    }

    @Override
    public BatchResult train(FloatBuffer nhwc, List<Targets> targets, int samples) {
        TrainingPlan plan = bind(Mode.TRAIN, samples);
        step++;
        for (TrainingPlan.Mask mask : plan.masks()) {
            mask.draw().fill(plan.plan().floats(mask.tensor()), setup.seed(), mask.layer(), step);
        }
        float[] logits = plan.forward(input(nhwc, samples));
        Targets first = targets.get(0);
        BatchResult result = loss.measure(logits, first.classes(), first.weights(), samples);
        float[] gradient = loss.gradient(logits, first.classes(), first.weights(), samples);
        for (Targets more : targets.subList(1, targets.size())) {
            BatchResult other = loss.measure(logits, more.classes(), more.weights(), samples);
            result = new BatchResult(result.lossSum() + other.lossSum(), result.correct(), result.predicted());
            float[] otherGradient = loss.gradient(logits, more.classes(), more.weights(), samples);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += otherGradient[i];
            }
        }
        result = penalty.addedTo(result, samples);
        plan.backward(gradient);
        plan.statistics().forEach(statistics -> keep(plan, statistics));
        updates.apply(optimizer, step);
        return result;
    }

    @Override
    public BatchResult evaluate(FloatBuffer nhwc, int[] targets, float[] sampleWeights, int samples) {
        return penalty.addedTo(loss.measure(logits(nhwc, samples), targets, sampleWeights, samples), samples);
    }

    @Override
    public float[] predict(FloatBuffer nhwc, int samples) {
        return loss.probabilities(logits(nhwc, samples));
    }

    @Override
    public Weights weights() {
        return weights.copy();
    }

    @Override
    public void learningRate(double rate) {
        optimizer = optimizer.withLearningRate(rate);
    }

    @Override
    public void saveState(DataOutput out) throws IOException {
        out.writeLong(step);
        for (Parameter parameter : weights.changing()) {
            FloatsIo.write(out, parameter.toKeras());
            for (int slot = 0; parameter.learns() && slot < parameter.slots(); slot++) {
                FloatsIo.write(out, parameter.stateToKeras(slot));
            }
        }
    }

    @Override
    public void restoreState(DataInput in) throws IOException {
        step = in.readLong();
        for (Parameter parameter : weights.changing()) {
            int count = Math.toIntExact(parameter.weight().shape().elements());
            parameter.fromKeras(FloatsIo.read(in, count));
            for (int slot = 0; parameter.learns() && slot < parameter.slots(); slot++) {
                parameter.stateFromKeras(slot, FloatsIo.read(in, count));
            }
        }
    }

    /** Bytes of native memory held now. */
    public long nativeBytes() {
        return memory.bytes();
    }

    @Override
    public void close() {
        plans.values().forEach(TrainingPlan::close);
        plans.clear();
        weights.close();
        workspace.close();
    }

    /** The gradients of the last step by a layer's weight, as Keras lays it out. */
    float[] gradient(String layer, String weight) {
        Node node = network.node(layer);
        return node.weights().stream()
                .filter(spec -> spec.name().equals(weight))
                .map(spec -> weights.find(node, spec).gradientToKeras())
                .findFirst()
                .orElseThrow();
    }

    private float[] logits(FloatBuffer nhwc, int samples) {
        return bind(Mode.EVALUATE, samples).forward(input(nhwc, samples));
    }

    private FloatBuffer input(FloatBuffer nhwc, int samples) {
        long elements = samples * network.input().outputShape().elements();
        return nhwc.slice().limit(Math.toIntExact(elements));
    }

    /** Keras's {@code batch_normalization.py}: moving = moving * momentum + of the batch * (1 - momentum). */
    private static void keep(TrainingPlan plan, TrainedNorms.Statistics statistics) {
        keep(statistics.movingMean(), plan.plan().floats(statistics.mean()), statistics.momentum());
        keep(statistics.movingVariance(), plan.plan().floats(statistics.variance()), statistics.momentum());
    }

    private static void keep(Parameter moving, FloatBuffer ofBatch, double momentum) {
        FloatBuffer values = moving.values();
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, (float) (values.get(i) * momentum + ofBatch.get(i) * (1 - momentum)));
        }
    }

    private TrainingPlan bind(Mode mode, int images) {
        TrainingPlan plan = plan(mode, images);
        workspace.bind(plan.plan());
        return plan;
    }

    private TrainingPlan plan(Mode mode, int images) {
        return plans.computeIfAbsent(
                new Key(mode, images), key -> TrainingCompiler.compile(network, weights, key.mode(), key.images()));
    }
}
