package cnn.zoo;

import cnn.UserError;
import cnn.weights.PublishedWeights;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The networks that are known by name.
 *
 * <p>Accuracies are those of Keras's table of applications; for the narrower MobileNets, which it does not list, those of
 * the TensorFlow-Slim checkpoints.
 */
public final class Zoo {
    private static final List<ZooModel> MODELS = List.of(
            imageNet(
                    "vgg16",
                    List.of(Vgg16::build),
                    224,
                    Preprocessing.CAFFE,
                    new PublishedWeights(KerasFiles.vgg16(true), KerasFiles.vgg16(false), 71.3, 90.1, "CC-BY-4.0")),
            imageNet(
                    "resnet50",
                    List.of(ResNet50::keras2019, ResNet50::keras2015),
                    224,
                    Preprocessing.CAFFE,
                    new PublishedWeights(KerasFiles.resNet50(true), KerasFiles.resNet50(false), 74.9, 92.1, "MIT")),
            imageNet(
                    "inception-v3",
                    List.of(InceptionV3::build),
                    299,
                    Preprocessing.TF,
                    new PublishedWeights(
                            KerasFiles.inceptionV3(true), KerasFiles.inceptionV3(false), 77.9, 93.7, "Apache-2.0")),
            mobileNet("mobilenet", 100, 70.4, 89.5),
            mobileNet("mobilenet-0.75", 75, 68.4, 88.2),
            mobileNet("mobilenet-0.50", 50, 63.3, 84.9),
            mobileNet("mobilenet-0.25", 25, 49.8, 74.2),
            toTrain("lenet5", LeNet5::build, 32, 10),
            toTrain("alexnet-cifar", AlexNetCifar::build, 32, 10),
            toTrain("convnet-cifar", ConvNetCifar::build, 32, 10),
            toTrain("convnet-cifar-gap", ConvNetCifarGap::build, 32, 10),
            toTrain("vgg-cifar", VggCifar::build, 32, 10),
            toTrain("convnet-binary", ConvNetBinary::build, 200, 2),
            toTrain("convnet-small", ConvNetSmall::build, 150, 2));

    private Zoo() {}

    public static List<ZooModel> models() {
        return MODELS;
    }

    /** The weights of those networks that have published ones, by name, in the order of {@link #models}. */
    public static Map<String, PublishedWeights> publishedWeights() {
        Map<String, PublishedWeights> published = new LinkedHashMap<>();
        MODELS.forEach(model -> model.published().ifPresent(weights -> published.put(model.name(), weights)));
        return published;
    }

    /** Whether there is a network of that name, see {@link #named}. */
    public static boolean isName(String name) {
        return MODELS.stream().anyMatch(model -> isSameName(model.name(), name));
    }

    /**
     * The network of that name; case, {@code _} and {@code -} do not matter.
     *
     * @throws UserError naming the nearest ones if there is none
     */
    public static ZooModel named(String name) {
        return MODELS.stream()
                .filter(model -> isSameName(model.name(), name))
                .findFirst()
                .orElseThrow(
                        () -> UserError.usage("there is no network '%s'; did you mean %s? `cnn models list` shows all"
                                .formatted(name, nearest(plain(name)))));
    }

    private static String nearest(String plain) {
        return MODELS.stream()
                .map(ZooModel::name)
                .sorted(Comparator.comparingInt(name -> EditDistance.between(plain, plain(name))))
                .limit(2)
                .collect(Collectors.joining(" or "));
    }

    /** Whether two spellings mean the same name: case, {@code _}, {@code -} and blanks do not matter. */
    public static boolean isSameName(String name, String other) {
        return plain(name).equals(plain(other));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    private static ZooModel mobileNet(String name, int alphaPercent, double topOne, double topFive) {
        PublishedWeights weights = new PublishedWeights(
                KerasFiles.mobileNet(alphaPercent, true),
                KerasFiles.mobileNet(alphaPercent, false),
                topOne,
                topFive,
                "Apache-2.0");
        return imageNet(name, List.of(MobileNet.withAlpha(name, alphaPercent / 100.0)), 224, Preprocessing.TF, weights);
    }

    private static ZooModel imageNet(
            String name,
            List<Architecture> forms,
            int inputSize,
            Preprocessing preprocessing,
            PublishedWeights weights) {
        return new ZooModel(name, forms, inputSize, Options.IMAGENET_CLASSES, preprocessing, Optional.of(weights));
    }

    /** A network of a tutorial, without published weights. */
    private static ZooModel toTrain(String name, Architecture architecture, int inputSize, int classes) {
        return new ZooModel(name, List.of(architecture), inputSize, classes, Preprocessing.UNIT, Optional.empty());
    }
}
