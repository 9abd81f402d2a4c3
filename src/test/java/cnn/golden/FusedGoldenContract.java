package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.Pooling2D;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a way to compute networks must pass besides if it fuses layers or reuses memory, as outputs asked for prevent. */
public interface FusedGoldenContract extends GoldenContract {

    /**
     * Activations, poolings, concatenations and dense layers only, so that convolutions, batch norms and sums may be
     * fused with what follows; the image is the second of a batch, behind an empty one.
     */
    @ParameterizedTest
    @EnumSource
    default void activationsAgreeInABatch(GoldenCase golden) throws IOException {
        GoldenRun run = new GoldenRun(golden, FusedGoldenContract::endsAStep);
        assertThat(run.layers()).hasSizeBetween(golden.layers() / 4, golden.layers());
        run.check(this, 2);
    }

    /** Features and probabilities only, as the tool asks for them. */
    @ParameterizedTest
    @EnumSource
    default void lastLayersAgree(GoldenCase golden) throws IOException {
        GoldenRun run = new GoldenRun(golden, layer -> false);
        assertThat(run.layers()).isEmpty();
        run.check(this, 1);
    }

    private static boolean endsAStep(Layer layer) {
        return layer instanceof Activation
                || layer instanceof Concatenate
                || layer instanceof Pooling2D
                || layer instanceof GlobalPooling2D
                || layer instanceof Dense
                || (layer instanceof Conv2D convolution
                        && !convolution.activation().equals(ActivationFunction.LINEAR));
    }
}
