package cnn.onednn;

import cnn.network.Network;
import cnn.network.Weights;
import cnn.onednn.TrainingCompiler.Mode;
import cnn.program.ClassGradient;
import cnn.program.Logits;
import cnn.program.Loss;
import cnn.program.Program;
import java.nio.FloatBuffer;

/** A network forward and backward to its input, one sample at a time; nothing in it learns. */
final class InputGradient implements ClassGradient {
    private final Network network;
    private final Loss loss;
    private final NativeMemory memory = new NativeMemory();
    private final LearnedWeights weights;
    private final Workspace workspace = new Workspace(memory);
    private final TrainingPlan plan;

    InputGradient(Network network, Weights weights) {
        this.network = network;
        this.loss = Loss.of(Logits.of(Program.forTraining(network, false)), 0);
        this.weights = new LearnedWeights(weights, Learners.NONE, memory);
        try {
            this.plan = TrainingCompiler.compile(network, this.weights, Mode.EXPLAIN, 1);
        } catch (RuntimeException | Error e) {
            this.weights.close();
            workspace.close();
            throw e;
        }
    }

    @Override
    public float[] of(FloatBuffer nhwc, int classIndex) {
        workspace.bind(plan.plan());
        int elements = Math.toIntExact(network.input().outputShape().elements());
        plan.forward(nhwc.slice().limit(elements));
        plan.backward(loss.classGradient(classIndex));
        return plan.gradientOfInput();
    }

    @Override
    public void close() {
        plan.close();
        weights.close();
        workspace.close();
    }
}
