package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.ForwardPasses;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every way to compute a network must pass: the published networks' outputs as another program computed them. */
public interface GoldenContract extends ForwardPasses {

    /** Each layer by itself, one image. */
    @ParameterizedTest
    @EnumSource
    default void everyLayerAgrees(GoldenCase golden) throws IOException {
        GoldenRun run = new GoldenRun(golden, layer -> true);
        assertThat(run.layers()).hasSize(golden.layers());
        run.check(this, 1);
    }
}
