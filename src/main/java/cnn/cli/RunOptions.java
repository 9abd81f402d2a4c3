package cnn.cli;

import picocli.CommandLine.Option;

/** How the work is spread. */
final class RunOptions {
    private static final int USUAL_BATCH = 8;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "" + USUAL_BATCH,
            description = "Images per forward pass. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(names = "--threads", paramLabel = "N", description = "Cores used. Default: all.")
    private Integer threads;

    int batchSize() {
        return Checks.positive("--batch-size", batchSize);
    }

    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : Checks.positive("--threads", threads);
    }
}
