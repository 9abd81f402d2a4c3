package cnn.zoo;

import cnn.UserError;
import cnn.weights.PublishedWeights;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The networks that are known by name.
 */
public final class Zoo {
    /** One line for each family. */
    private static final List<ZooModel> MODELS = Stream.of(
                    Vgg.models(),
                    ResNet.models(),
                    ResNetV2.models(),
                    InceptionV3.models(),
                    InceptionResNetV2.models(),
                    Xception.models(),
                    DenseNet.models(),
                    MobileNet.models(),
                    MobileNetV2.models(),
                    MobileNetV3.models(),
                    NasNet.models(),
                    EfficientNet.models(),
                    EfficientNetV2.models(),
                    ConvNeXt.models(),
                    tutorials())
            .flatMap(List::stream)
            .toList();

    private Zoo() {}

    public static List<ZooModel> models() {
        return MODELS;
    }

    /** All published weights by name, such as {@code resnet50} and {@code resnet50@2015}, in the order of {@link #models}. */
    public static Map<String, PublishedWeights> publishedWeights() {
        Map<String, PublishedWeights> published = new LinkedHashMap<>();
        MODELS.stream()
                .flatMap(model -> Stream.concat(Stream.of(model), model.editions().values().stream()))
                .forEach(model -> model.published().ifPresent(weights -> published.putIfAbsent(model.name(), weights)));
        return published;
    }

    /** Whether there is a network of that name, see {@link #named}; which weights it is to have does not matter. */
    public static boolean isName(String name) {
        return MODELS.stream().anyMatch(model -> isSameName(model.name(), beforeAt(name)));
    }

    /**
     * The network of that name; case, {@code _} and {@code -} do not matter. Behind an {@code @} it may say which of its
     * published weights it is to have.
     *
     * @throws UserError naming the nearest ones if there is none
     */
    public static ZooModel named(String name) {
        ZooModel model = network(beforeAt(name));
        return name.contains("@") ? model.edition(name.substring(name.indexOf('@') + 1)) : model;
    }

    private static String beforeAt(String name) {
        return name.replaceFirst("@.*", "");
    }

    private static ZooModel network(String name) {
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

    /** As Keras's functions are called, the width of 1 needs not be said. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "").replaceFirst("1\\.0$", "");
    }

    private static List<ZooModel> tutorials() {
        return List.of(
                toTrain("lenet5", LeNet5::build, 32, 10),
                toTrain("alexnet-cifar", AlexNetCifar::build, 32, 10),
                toTrain("convnet-cifar", ConvNetCifar::build, 32, 10),
                toTrain("convnet-cifar-gap", ConvNetCifarGap::build, 32, 10),
                toTrain("vgg-cifar", VggCifar::build, 32, 10),
                toTrain("convnet-binary", ConvNetBinary::build, 200, 2),
                toTrain("convnet-small", ConvNetSmall::build, 150, 2));
    }

    /** A network of a tutorial, without published weights. */
    private static ZooModel toTrain(String name, Architecture architecture, int inputSize, int classes) {
        return new ZooModel(
                name,
                List.of(architecture),
                inputSize,
                classes,
                Preprocessing.UNIT,
                Optional.empty(),
                UnaryOperator.identity(),
                Map.of());
    }
}
