package cnn.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands: those that read or write take the streams. */
record CommandFactory(Main.Streams streams) implements IFactory {
    private static final Map<Class<?>, Function<Main.Streams, Object>> COMMANDS = Map.ofEntries(
            Map.entry(ClassifyCommand.class, ClassifyCommand::new),
            Map.entry(ExtractFeaturesCommand.class, ExtractFeaturesCommand::new),
            Map.entry(MergeCommand.class, MergeCommand::new),
            Map.entry(AugmentCommand.class, AugmentCommand::new),
            Map.entry(EvaluateCommand.class, EvaluateCommand::new),
            Map.entry(AdviseCommand.class, AdviseCommand::new),
            Map.entry(ExplainCommand.class, ExplainCommand::new),
            Map.entry(VisualizeCommand.class, VisualizeCommand::new),
            Map.entry(CacheInfoCommand.class, CacheInfoCommand::new),
            Map.entry(CacheClearCommand.class, CacheClearCommand::new),
            Map.entry(TrainCommand.class, TrainCommand::new),
            Map.entry(FinetuneCommand.class, FinetuneCommand::new),
            Map.entry(SummaryCommand.class, SummaryCommand::new),
            Map.entry(BenchCommand.class, BenchCommand::new),
            Map.entry(ExportCommand.class, ExportCommand::new),
            Map.entry(ReproduceCommand.class, ReproduceCommand::new),
            Map.entry(SelftestCommand.class, SelftestCommand::new),
            Map.entry(QuantizeCommand.class, QuantizeCommand::new),
            Map.entry(ModelsListCommand.class, ModelsListCommand::new),
            Map.entry(ModelsPullCommand.class, ModelsPullCommand::new),
            Map.entry(ModelsPathCommand.class, ModelsPathCommand::new),
            Map.entry(ModelsVerifyCommand.class, ModelsVerifyCommand::new));

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Function<Main.Streams, Object> command = COMMANDS.get(type);
        return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command.apply(streams));
    }
}
