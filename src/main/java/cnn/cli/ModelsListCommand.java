package cnn.cli;

import cnn.classify.MeasuredSpeeds;
import cnn.model.BundledModel;
import cnn.model.Models;
import cnn.model.SavedModel;
import cnn.report.ModelList;
import cnn.report.ModelList.Entry;
import cnn.weights.WeightStore;
import cnn.zoo.Family;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code cnn models list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Show the networks by family: input size, parameters, multiply-adds, published top-1 accuracy in percent, images a "
                    + "second on this machine where `cnn bench` measured them, and the weights: here, or the size of the "
                    + "download. csv and json have top-5, licence, preprocessing, paper and address too.",
            "Some networks have several published weights: --verbose shows them as NAME@WEIGHTS, which -m takes. The name "
                    + "alone means resnet50@2019 (or the file of 2015, if that lies under Keras's name), and of MobileNet and "
                    + "MobileNetV2 those trained at the --input-size asked for, as in Keras, else those of 224."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn models list",
            "  cnn models list --sort accuracy",
            "  cnn bench --all --weights none; cnn models list --sort speed",
            "  cnn models list -f csv",
            ""
        })
final class ModelsListCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Option(
            names = "--sort",
            paramLabel = "BY",
            converter = OrderConverter.class,
            description =
                    "name, accuracy, speed, parameters, multiply-adds or size, the better first. Default: by family.")
    private ModelList.Order order;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    @Mixin
    private TableOptions table;

    ModelsListCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        WeightStore weights = store.open(talk);
        List<Entry> entries = new ArrayList<>();
        MeasuredSpeeds speeds = speeds();
        for (BundledModel bundled : BundledModel.values()) {
            entries.add(entry(bundled, speeds));
        }
        for (Family family : Zoo.families()) {
            family.models().stream()
                    .flatMap(model -> talkOptions.verbose() ? withEditions(model) : Stream.of(model))
                    .forEach(model -> entries.add(entry(family, model, weights, speeds)));
        }
        table.print(streams.out(), new ModelList(entries, Optional.ofNullable(order))::as);
        return 0;
    }

    static MeasuredSpeeds speeds() {
        return MeasuredSpeeds.in(Path.of(System.getProperty("user.home")));
    }

    /** Beside a network the others of its published weights. */
    private static Stream<ZooModel> withEditions(ZooModel model) {
        return Stream.concat(
                Stream.of(model), model.editions().values().stream().filter(edition -> !edition.name()
                        .equals(model.name())));
    }

    static Entry entry(Family family, ZooModel model, WeightStore weights, MeasuredSpeeds speeds) {
        return Entry.of(
                family.name(),
                family.paper(),
                model,
                model.published().flatMap(published -> weights.find(published.whole())),
                speeds.of(model.name().replaceFirst("@.*", ""), size(model.inputSize())));
    }

    private static String size(int inputSize) {
        return inputSize + "x" + inputSize;
    }

    private static Entry entry(BundledModel bundled, MeasuredSpeeds speeds) {
        SavedModel model = Models.describe(bundled.file());
        Optional<Double> percent = Optional.ofNullable(
                        model.training().metrics().get("test_accuracy"))
                .map(accuracy -> Math.round(((Number) accuracy).doubleValue() * 1000) / 10.0);
        int inputSize = model.network().input().outputShape().height();
        return new Entry(
                "With the tool",
                "",
                bundled.id(),
                inputSize,
                model.network().parameters(),
                model.network().multiplyAdds(),
                Optional.empty(),
                percent,
                "Apache-2.0",
                model.preprocessing().word(),
                Optional.of(bundled.file()),
                speeds.of(bundled.id(), size(inputSize)));
    }

    private static final class OrderConverter implements ITypeConverter<ModelList.Order> {
        @Override
        public ModelList.Order convert(String value) {
            try {
                return ModelList.Order.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + value + "': name, accuracy, speed, parameters, multiply-adds or size");
            }
        }
    }
}
