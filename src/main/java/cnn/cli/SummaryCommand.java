package cnn.cli;

import cnn.UserError;
import cnn.model.Head;
import cnn.model.KerasModel;
import cnn.model.ModelDescription;
import cnn.model.ModelRequest;
import cnn.network.Shape;
import cnn.network.SpelledNetwork;
import cnn.report.LayerDetails;
import cnn.report.ModuleSummary;
import cnn.report.NetworkSummary;
import cnn.report.OneLine;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            "  cnn summary vgg16                  the same as -m vgg16",
            "  cnn summary -m mobilenet --no-top --input-size 160",
            "  cnn summary -m vgg16 --no-top --input-size 200 --head flatten,dense:256:relu --classes 2",
            "  cnn summary -m lenet5 --input-size 64 --classes 5",
            "  cnn summary --layers conv:512:3:same:relu,conv:64:1:relu --input 256x256x3",
            "  cnn summary -m convnet-small --explain --dense-equivalent",
            "  cnn summary -m googlenet --group",
            "  cnn summary --weights model.h5 -f json",
            "  cnn summary model.keras            a model that Keras saved, with those nested in it",
            "  cnn summary pets.zip               what was trained: base, head, trained and frozen parameters",
            ""
        })
final class SummaryCommand implements Callable<Integer> {
    private static final Pattern INPUT = Pattern.compile("[1-9]\\d{0,4}(x[1-9]\\d{0,4}x[1-9]\\d{0,4})?");

    private final Main.Streams streams;

    @Mixin
    private ModelWord word;

    @Mixin
    private ModelOptions model;

    @Option(names = "--no-top", description = "Without the layers that turn features into classes.")
    private boolean noTop;

    @Option(
            names = "--head",
            paramLabel = "SPEC",
            description =
                    "A new head on the network without top: linear, or flatten, avg, max, dense:N[:relu|linear|tanh], "
                            + "dropout:P, batchnorm, separated by commas.")
    private String head;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "How many classes. Default: those the network was made for; with --head 2.")
    private Integer classes;

    @Option(
            names = "--layers",
            paramLabel = "SPEC",
            description = {
                "In place of a network of the zoo these layers, separated by commas:",
                "  conv:FILTERS:KERNEL[/STRIDE][:same|valid][:ACTIVATION]",
                "  depthwise:KERNEL[/STRIDE][:same|valid][:ACTIVATION]",
                "  maxpool:SIZE[/STRIDE][:same|valid], avgpool:...",
                "  pad:N, batchnorm, dropout:P, flatten, avg, max",
                "  dense:N[:ACTIVATION]",
                "  relu, relu6, tanh, sigmoid, softmax, silu or another activation of Keras",
                "KERNEL and SIZE are N or HEIGHTxWIDTH. As in Keras the stride is 1, that of a pooling its size, and "
                        + "padding is valid. A stride that does not fit is told."
            })
    private String layers;

    @Option(
            names = "--input",
            paramLabel = "HxWxC",
            description = "With --layers: what goes in; N for a vector. Default: 224x224x3.")
    private String input;

    @Option(
            names = "--explain",
            description = "Under each layer how its sizes, parameters and multiply-adds come about, e.g. "
                    + "(150 - 3 + 2x0)/1 + 1 = 148 and (3x3x3 + 1) x 32 = 896.")
    private boolean explain;

    @Option(
            names = "--dense-equivalent",
            description = "How many parameters a dense layer in a convolution's place would have: every number of its "
                    + "output from every one of its input.")
    private boolean denseEquivalent;

    @Option(
            names = "--group",
            description =
                    "Sums by module, as papers' tables have them: what layers' names begin with up to the first number "
                            + "(inception_3a, conv2_block1), the branches of a junction (mixed0), a nested model.")
    private boolean group;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableOptions table;

    SummaryCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        model.orNamed(word);
        if (group && (explain || denseEquivalent)) {
            throw UserError.usage(
                    "--group shows modules, --explain and --dense-equivalent are about layers: leave out one");
        }
        NetworkSummary summary = summary();
        if (group) {
            table.print(streams.out(), new ModuleSummary(summary)::as);
            return 0;
        }
        LayerDetails details = new LayerDetails(explain, denseEquivalent);
        table.print(streams.out(), format -> summary.as(format, details));
        return 0;
    }

    private NetworkSummary summary() {
        if (layers != null) {
            return ofLayers();
        }
        if (input != null) {
            throw UserError.usage("--input goes with --layers; the input size of a network is --input-size");
        }
        if (classes != null && classes < 2) {
            throw UserError.usage("--classes must be at least 2, not " + classes);
        }
        OptionalInt wanted = classes == null ? OptionalInt.empty() : OptionalInt.of(classes);
        ModelRequest request = model.request();
        if (request.savedModel().isPresent() && !noTop && head == null && classes == null) {
            return NetworkSummary.of(ModelDescription.ofFile(request));
        }
        if (KerasModel.architecture(request).isPresent() && !noTop && head == null && classes == null) {
            return NetworkSummary.of(KerasModel.describe(request));
        }
        var base = ModelDescription.network(request, noTop || head != null, wanted);
        if (head == null) {
            return new NetworkSummary(base, base.trainableParameters());
        }
        var whole = Head.parse(head, wanted.orElse(2)).on(base);
        return new NetworkSummary(whole, Head.trainableParameters(whole, base));
    }

    private NetworkSummary ofLayers() {
        for (String option : List.of("--model", "--weights", "--input-size", "--no-top", "--head", "--classes")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw UserError.usage("--layers is a network of its own; leave out " + option);
            }
        }
        var network = SpelledNetwork.of(layers, inputShape());
        SpelledNetwork.leftOver(network).forEach(note -> streams.err().println("cnn: " + OneLine.of(note)));
        return new NetworkSummary(network, network.trainableParameters());
    }

    private Shape inputShape() {
        if (input == null) {
            return Shape.of(224, 224, 3);
        }
        if (!INPUT.matcher(input).matches()) {
            throw UserError.usage("--input: '" + input
                    + "' is no input; expected HEIGHTxWIDTHxCHANNELS, e.g. 256x256x3, " + "or N for a vector");
        }
        return Shape.of(
                Arrays.stream(input.split("x")).mapToInt(Integer::parseInt).toArray());
    }
}
