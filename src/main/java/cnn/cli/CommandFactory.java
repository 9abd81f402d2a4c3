package cnn.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands: those that read or write take the streams. */
record CommandFactory(Main.Streams streams) implements IFactory {
    private static final Map<Class<?>, Function<Main.Streams, Object>> COMMANDS = Map.of(
            ClassifyCommand.class, ClassifyCommand::new,
            ExtractFeaturesCommand.class, ExtractFeaturesCommand::new,
            CacheInfoCommand.class, CacheInfoCommand::new,
            CacheClearCommand.class, CacheClearCommand::new,
            SummaryCommand.class, SummaryCommand::new,
            BenchCommand.class, BenchCommand::new,
            ModelsListCommand.class, ModelsListCommand::new,
            ModelsPullCommand.class, ModelsPullCommand::new,
            ModelsPathCommand.class, ModelsPathCommand::new,
            ModelsVerifyCommand.class, ModelsVerifyCommand::new);

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Function<Main.Streams, Object> command = COMMANDS.get(type);
        return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command.apply(streams));
    }
}
