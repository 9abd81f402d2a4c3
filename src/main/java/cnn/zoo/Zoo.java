package cnn.zoo;

import cnn.UserError;
import cnn.weights.PublishedWeights;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The networks that are known by name.
 */
public final class Zoo {
    /** One line for each family. */
    private static final List<Family> FAMILIES = List.of(
            new Family("VGG", "arXiv:1409.1556", Vgg.models()),
            new Family("GoogLeNet", "arXiv:1409.4842", GoogLeNet.models()),
            new Family("ResNet", "arXiv:1512.03385", ResNet.models()),
            new Family("ResNetV2", "arXiv:1603.05027", ResNetV2.models()),
            new Family("InceptionV3", "arXiv:1512.00567", InceptionV3.models()),
            new Family("InceptionResNetV2", "arXiv:1602.07261", InceptionResNetV2.models()),
            new Family("Xception", "arXiv:1610.02357", Xception.models()),
            new Family("DenseNet", "arXiv:1608.06993", DenseNet.models()),
            new Family("MobileNet", "arXiv:1704.04861", MobileNet.models()),
            new Family("MobileNetV2", "arXiv:1801.04381", MobileNetV2.models()),
            new Family("MobileNetV3", "arXiv:1905.02244", MobileNetV3.models()),
            new Family("NASNet", "arXiv:1707.07012", NasNet.models()),
            new Family("EfficientNet", "arXiv:1905.11946", EfficientNet.models()),
            new Family("EfficientNetV2", "arXiv:2104.00298", EfficientNetV2.models()),
            new Family("ConvNeXt", "arXiv:2201.03545", ConvNeXt.models()),
            new Family("Small ones, to train", "", tutorials()));

    private static final List<ZooModel> MODELS =
            FAMILIES.stream().flatMap(family -> family.models().stream()).toList();

    private Zoo() {}

    public static List<Family> families() {
        return FAMILIES;
    }

    public static List<ZooModel> models() {
        return MODELS;
    }

    /** The networks that have published weights. */
    public static List<ZooModel> publishedNetworks() {
        return MODELS.stream().filter(model -> model.published().isPresent()).toList();
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

    private static ZooModel toTrain(String name, Architecture architecture, int inputSize, int classes) {
        return ZooModel.toTrain(name, architecture, inputSize, classes, Preprocessing.UNIT);
    }
}
