package cnn.onednn;

import java.nio.FloatBuffer;
import java.util.List;

/** A plan that gives outputs for images. */
record InferencePlan(Plan plan, Tensor input, List<Tensor> outputs) implements AutoCloseable {

    /** Computes in the memory that the plan is bound to. */
    List<float[]> run(FloatBuffer images) {
        plan.floats(input).put(images);
        plan.forward();
        return outputs.stream().map(plan::copy).toList();
    }

    @Override
    public void close() {
        plan.close();
    }
}
