package cnn.model;

import cnn.data.StoredSplit;
import cnn.files.Sha256;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.keras.WholeModelFile;
import cnn.model.SavedModel.Base;
import cnn.model.SavedModel.Training;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.GlobalPooling2D;
import cnn.network.KernelInitializer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.RandomWeights;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.zoo.Options;
import cnn.zoo.Preprocessing;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small models for tests, as training would save them. */
public final class SavedModels {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private SavedModels() {}

    /** A network trained from scratch, the end of which is built as MobileNet's. */
    public static SavedModel fromScratch(int classes) {
        NetworkBuilder builder = Network.builder("small", "input_1", Shape.of(9, 8, 3));
        String x = builder.add("pad", new ZeroPadding2D(new Pads(0, 1, 1, 0)), "input_1");
        x = builder.add(
                "conv",
                new Conv2D(
                        8,
                        Window.of(3, 2, Padding.VALID),
                        false,
                        ActivationFunction.LINEAR,
                        KernelInitializer.HE_UNIFORM),
                x);
        x = builder.add("conv_bn", new BatchNormalization(0.99, 1e-3, true, false), x);
        String shortcut = builder.add("conv_relu", new Activation(ActivationFunction.RELU6), x);
        x = builder.add(
                "dw", new DepthwiseConv2D(Window.of(3, 1, Padding.SAME), 1, true, ActivationFunction.TANH), shortcut);
        x = builder.add("add", new Add(), x, shortcut);
        x = builder.add("pool", new Pooling2D(Pooling.MAX, Window.of(2, 1, Padding.VALID)), x);
        x = builder.add("gap", new GlobalPooling2D(Pooling.AVERAGE), x);
        x = builder.add("reshape_1", new Reshape(Shape.of(1, 1, 8)), x);
        x = builder.add("dropout", new Dropout(0.001), x);
        x = builder.add(
                "conv_preds", new Conv2D(classes, Window.of(1, 1, Padding.SAME), true, ActivationFunction.LINEAR), x);
        x = builder.add("reshape_2", new Reshape(Shape.of(classes)), x);
        x = builder.add("act_softmax", new Activation(ActivationFunction.SOFTMAX), x);
        return fromScratch(builder.build(x));
    }

    private static SavedModel fromScratch(Network network) {
        int classes = network.output().outputShape().channels();
        return new SavedModel(
                Optional.empty(),
                "input_1",
                network,
                network.nodes().stream().map(Node::name).toList(),
                Preprocessing.TF,
                Loading.of(ResizeMode.BILINEAR),
                true,
                names(classes),
                training());
    }

    /** A network from scratch that Deeplearning4j has no layer for: a softmax over the channels of a map. */
    public static SavedModel withSoftmaxOverAMap() {
        NetworkBuilder builder = Network.builder("mapped", "input_1", Shape.of(6, 5, 3));
        String x = builder.add(
                "conv", new Conv2D(3, Window.of(3, 1, Padding.SAME), true, ActivationFunction.RELU), "input_1");
        x = builder.add("softmax", new Activation(ActivationFunction.SOFTMAX), x);
        x = builder.add("gap", new GlobalPooling2D(Pooling.AVERAGE), x);
        return fromScratch(builder.build(x));
    }

    /** A head as {@code --head} spells it on a base that is not there. */
    public static SavedModel withHead(String spec, int classes, String cut) {
        NetworkBuilder builder = Network.builder("base", "input_1", Shape.of(6, 5, 3));
        String x = builder.add(
                "c1", new Conv2D(4, Window.of(3, 1, Padding.SAME), true, ActivationFunction.LINEAR), "input_1");
        x = builder.add("r1", new Activation(ActivationFunction.RELU), x);
        x = builder.add("c2", new Conv2D(6, Window.of(3, 2, Padding.SAME), true, ActivationFunction.RELU), x);
        Network base = builder.build(x);
        Network whole = Head.parse(spec, classes).on(base);
        List<String> below = whole.upTo(cut).nodes().stream().map(Node::name).toList();
        return new SavedModel(
                Optional.of(new Base("base", x, "base.h5", SHA256)),
                cut,
                whole,
                whole.nodes().stream()
                        .map(Node::name)
                        .filter(name -> !below.contains(name))
                        .toList(),
                Preprocessing.CAFFE,
                Loading.of(ResizeMode.NEAREST),
                false,
                names(classes),
                training());
    }

    /**
     * A head on the last map of mobilenet-0.25 for images of 32x32, of which nothing but the head was trained.
     *
     * @param base the base's weights, as {@link #writeBase} writes them
     */
    public static SavedModel onMobileNet(Path base, String head, int classes, ResizeMode resize) throws IOException {
        return onMobileNet(base, head, classes, Loading.of(resize));
    }

    /** As {@link #onMobileNet(Path, String, int, ResizeMode)}, for images loaded in any way. */
    public static SavedModel onMobileNet(Path base, String head, int classes, Loading loading) throws IOException {
        Network below = mobileNet();
        String output = below.output().name();
        Network whole = Head.parse(head, classes).on(below);
        String sha256 = Sha256.of(Files.readAllBytes(base)).toString();
        List<String> trained =
                whole.above(output).nodes().stream().skip(1).map(Node::name).toList();
        return new SavedModel(
                Optional.of(
                        new Base("mobilenet-0.25", output, base.getFileName().toString(), sha256)),
                output,
                whole,
                trained,
                Preprocessing.TF,
                loading,
                false,
                IntStream.range(0, classes).mapToObj(i -> "class" + i).toList(),
                training());
    }

    /** Random weights for what {@link #onMobileNet} puts a head on, as a Keras file. */
    public static Path writeBase(Path file, long seed) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            WholeModelFile.write(mobileNet(), lively(seed), bytes -> {
                try {
                    out.write(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return file;
    }

    /** Weights with which even the last layer of a deep network tells one image from another. */
    private static Weights lively(long seed) {
        return (node, spec) -> {
            SplittableRandom random = new SplittableRandom(seed + (node.name() + spec.name()).hashCode());
            List<Integer> sizes = spec.shape().sizes();
            double inputs = sizes.stream().limit(3).mapToInt(i -> i).reduce(1, (a, b) -> a * b);
            double limit = Math.sqrt(3 / (spec.name().equals("depthwise_kernel") ? 9 : inputs));
            float[] values = new float[Math.toIntExact(spec.shape().elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float)
                        switch (spec.name()) {
                            case "gamma" -> random.nextDouble(0.9, 1.1);
                            case "moving_variance" -> random.nextDouble(0.3, 0.5);
                            case "beta", "moving_mean" -> random.nextDouble(-0.1, 0.1);
                            default -> random.nextDouble(-limit, limit);
                        };
            }
            return FloatBuffer.wrap(values);
        };
    }

    private static Network mobileNet() {
        return Zoo.named("mobilenet-0.25").network(Options.withoutTop(32, 32, Optional.empty()));
    }

    /** Weights of which no two are equal, batch norms' too. */
    public static Weights weights(long seed) {
        Weights kernels = new RandomWeights(seed);
        return (node, spec) -> {
            if (spec.shape().sizes().size() > 1) {
                return kernels.values(node, spec);
            }
            SplittableRandom random = new SplittableRandom(seed + (node.name() + spec.name()).hashCode());
            float[] values = new float[spec.shape().channels()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(0.5, 1.5);
            }
            return FloatBuffer.wrap(values);
        };
    }

    private static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(i -> "Klasse \u00e4 " + i).toList();
    }

    private static Training training() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", 20);
        settings.put("learning_rate", 1e-3);
        settings.put("optimizer", "rmsprop");
        settings.put("augment", List.of("flip", "zoom:0.2"));
        return new Training(
                42,
                "data",
                List.of(new StoredSplit(0.2, 42, 100, SHA256)),
                false,
                Map.of("weights", "w"),
                settings,
                Map.of("val_accuracy", 0.96));
    }
}
