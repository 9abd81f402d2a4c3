package cnn.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** On how many cores the work is done. */
final class ThreadOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = PositiveConverter.class,
            description = "Cores used. Default: all.")
    private Integer threads;

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
}
