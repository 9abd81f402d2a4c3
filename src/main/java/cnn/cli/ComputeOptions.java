package cnn.cli;

import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.program.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** With what the network computes. */
final class ComputeOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = PositiveConverter.class,
            description = "Cores used. Default: all.")
    private Integer threads;

    @Option(
            names = "--precision",
            paramLabel = "fp32|bf16",
            defaultValue = "fp32",
            converter = PrecisionConverter.class,
            description = "Arithmetic of the forward pass; bf16 needs a processor that has it. "
                    + "Default: ${DEFAULT-VALUE}.")
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

    Precision precision() {
        return precision;
    }

    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private static final class PositiveConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("0*[1-9]\\d{0,8}")) {
                throw new TypeConversionException("'" + value + "' is not a whole number from 1 on");
            }
            return Integer.valueOf(value);
        }
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
