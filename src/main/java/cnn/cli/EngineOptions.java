package cnn.cli;

import cnn.UserError;
import cnn.model.Engine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What computes the network. */
final class EngineOptions {

    @Option(
            names = "--engine",
            paramLabel = "onednn|dl4j",
            defaultValue = "onednn",
            converter = EngineConverter.class,
            description =
                    "What computes the network: oneDNN, or Deeplearning4j, which is slower on a processor and computes "
                            + "on a graphics card where cnn was built for one. Neither stands in for the other. "
                            + "Default: ${DEFAULT-VALUE}.")
    private Engine engine;

    Engine engine() {
        return engine;
    }

    private static final class EngineConverter implements ITypeConverter<Engine> {
        @Override
        public Engine convert(String value) {
            try {
                return Engine.of(value);
            } catch (UserError e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
