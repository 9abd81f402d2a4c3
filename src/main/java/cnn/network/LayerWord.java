package cnn.network;

import cnn.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words by which layers are spelled on the command line. */
public enum LayerWord {
    CONV(
            ":FILTERS:KERNEL[/STRIDE][:same|valid][:ACTIVATION]",
            fields -> new SpelledLayer(
                    "conv2d", new Conv2D(fields.number(), fields.window(false), true, fields.activation()))),
    DEPTHWISE(
            ":KERNEL[/STRIDE][:same|valid][:ACTIVATION]",
            fields -> new SpelledLayer(
                    "depthwise_conv2d", new DepthwiseConv2D(fields.window(false), 1, true, fields.activation()))),
    MAXPOOL(
            ":SIZE[/STRIDE][:same|valid]",
            fields -> new SpelledLayer("max_pooling2d", new Pooling2D(Pooling.MAX, fields.window(true)))),
    AVGPOOL(
            ":SIZE[/STRIDE][:same|valid]",
            fields -> new SpelledLayer("average_pooling2d", new Pooling2D(Pooling.AVERAGE, fields.window(true)))),
    PAD(":N", fields -> {
        int cells = fields.number();
        return new SpelledLayer("zero_padding2d", new ZeroPadding2D(new Pads(cells, cells, cells, cells)));
    }),
    FLATTEN("", fields -> new SpelledLayer("flatten", new Flatten())),
    AVG("", fields -> new SpelledLayer("global_average_pooling2d", new GlobalPooling2D(Pooling.AVERAGE))),
    MAX("", fields -> new SpelledLayer("global_max_pooling2d", new GlobalPooling2D(Pooling.MAX))),
    DENSE(
            ":N[:ACTIVATION]",
            fields -> new SpelledLayer("dense", new Dense(fields.number(), true, fields.activation()))),
    DROPOUT(":P", fields -> new SpelledLayer("dropout", new Dropout(fields.share()))),
    BATCHNORM("", fields -> new SpelledLayer("batch_normalization", new BatchNormalization(0.99, 1e-3, true, true))),
    /** The name of an {@link ActivationFunction} in the place of a layer's. */
    ACTIVATION("", fields -> {
        ActivationFunction function = fields.nameAsActivation().orElseThrow(IllegalArgumentException::new);
        return new SpelledLayer(
                function.equals(ActivationFunction.RELU6) ? "re_lu" : "activation", new Activation(function));
    });

    private final String arguments;
    private final Function<LayerFields, SpelledLayer> layer;

    LayerWord(String arguments, Function<LayerFields, SpelledLayer> layer) {
        this.arguments = arguments;
        this.layer = layer;
    }

    /**
     * Reads one word; case does not matter.
     *
     * @param option of the command line that it stands in
     * @param accepted the words that may stand there
     * @throws UserError of kind USAGE if it is none of them
     */
    public static SpelledLayer read(String option, String word, Set<LayerWord> accepted) {
        LayerFields fields = new LayerFields(word.strip().toLowerCase(Locale.ROOT));
        LayerWord wanted = Arrays.stream(values())
                .filter(accepted::contains)
                .filter(candidate -> candidate.isNamed(fields))
                .findFirst()
                .orElseThrow(() -> wrong(option, word, accepted));
        try {
            SpelledLayer spelled = wanted.layer.apply(fields);
            fields.end();
            return spelled;
        } catch (IllegalArgumentException e) {
            throw wrong(option, word, Set.of(wanted));
        }
    }

    private boolean isNamed(LayerFields fields) {
        return this == ACTIVATION
                ? fields.nameAsActivation().isPresent()
                : fields.name().equals(name().toLowerCase(Locale.ROOT));
    }

    private static UserError wrong(String option, String word, Set<LayerWord> expected) {
        String usage = Arrays.stream(values())
                .filter(expected::contains)
                .map(LayerWord::usage)
                .collect(Collectors.joining(", "));
        return UserError.usage("%s: '%s' is no layer; expected %s".formatted(option, word, usage));
    }

    private String usage() {
        return this == ACTIVATION
                ? "relu, relu6, tanh, sigmoid, softmax or another activation of Keras"
                : name().toLowerCase(Locale.ROOT) + arguments;
    }
}
