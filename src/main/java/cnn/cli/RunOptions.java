package cnn.cli;

import cnn.model.CalibrationFiles;
import cnn.model.ForwardPasses;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the work on many images is spread. */
final class RunOptions {

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Images per forward pass. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private RangesOptions ranges;

    ForwardPasses passes() {
        return passes(batchSize());
    }

    /**
     * @param batchSize images that a pass will mostly be given
     */
    ForwardPasses passes(int batchSize) {
        return compute.passes(engine.engine(), batchSize);
    }

    /** Where the ranges of int8 are looked for, if that is asked for. */
    Optional<CalibrationFiles> ranges() {
        return ranges.files(compute.precision());
    }

    int batchSize() {
        return Checks.positive("--batch-size", batchSize);
    }

    int threads() {
        return compute.threads();
    }
}
