package cnn.cli;

import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.program.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** With what the network computes. */
final class ComputeOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ThreadOptions threads;

    @Option(
            names = "--precision",
            paramLabel = "fp32|bf16|int8",
            defaultValue = "fp32",
            converter = PrecisionConverter.class,
            description = "Arithmetic of the forward pass; bf16 and int8 need a processor that has it. int8 is the "
                    + "fastest and loses a little, and needs ranges, which `cnn quantize` finds, or `cnn train` and "
                    + "`cnn finetune` from their training images. Default: ${DEFAULT-VALUE}.")
    private Precision precision;

    /**
     * @param batchSize images that a pass will mostly be given
     */
    ForwardPasses passes(int batchSize) {
        return passes(Engine.ONEDNN, batchSize);
    }

    ForwardPasses passes(Engine engine, int batchSize) {
        return new ForwardPasses(engine, precision, batchSize);
    }

    /** Whether the arithmetic was chosen, not left to us. */
    boolean isPrecisionGiven() {
        return command.commandLine().getParseResult().hasMatchedOption("--precision");
    }

    Precision precision() {
        return precision;
    }

    int threads() {
        return threads.threads();
    }

    private static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String value) {
            try {
                return Precision.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
