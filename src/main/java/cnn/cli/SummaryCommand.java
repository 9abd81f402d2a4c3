package cnn.cli;

import cnn.report.NetworkSummary;
import cnn.transfer.Head;
import cnn.transfer.ModelLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn summary}: the layers of a network. Needs no weights. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Show a network's layers as Keras's model.summary() does, with multiply-adds.",
            "",
            "Multiply-adds are those of convolutions and dense layers for one image, without bias. ResNet50 has 3.86 G: "
                    + "its blocks halve the map in their first convolution, as Keras's do; 4.1 G is the count of the "
                    + "variant that halves it in the second.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn summary -m vgg16",
            "  cnn summary -m mobilenet --no-top --input-size 160",
            "  cnn summary -m vgg16 --no-top --input-size 200 --head flatten,dense:256:relu --classes 2",
            "  cnn summary --weights model.h5 -f json",
            ""
        })
final class SummaryCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Mixin
    private ModelOptions model;

    @Option(names = "--no-top", description = "Without the layers that turn features into classes.")
    private boolean noTop;

    @Option(
            names = "--head",
            paramLabel = "SPEC",
            description = "A new head on the network without top: flatten, avg, max, dense:N[:relu|linear|tanh], "
                    + "dropout:P, batchnorm, separated by commas.")
    private String head;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "2",
            description = "With --head: how many classes. Default: ${DEFAULT-VALUE}.")
    private int classes;

    @Mixin
    private TableOptions table;

    SummaryCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        NetworkSummary summary = summary();
        table.print(streams.out(), summary::as);
        return 0;
    }

    private NetworkSummary summary() {
        var base = ModelLoader.describe(model.request(), noTop || head != null);
        if (head == null) {
            return new NetworkSummary(base, base.trainableParameters());
        }
        var whole = Head.parse(head, classes).on(base);
        return new NetworkSummary(whole, Head.trainableParameters(whole, base));
    }
}
