package cnn.zoo;

import cnn.weights.PublishedFile;
import java.net.URI;
import java.util.List;

/**
 * The ImageNet weight files that Keras publishes, with and without the classification layers.
 *
 * <p>Names, folders and md5s are those of keras-applications ({@code vgg16.py}, {@code resnet.py},
 * {@code inception_v3.py}, {@code mobilenet.py}). ResNet50 has been published twice under one name: the files of 2015
 * and those of 2019, whose layers have other names and another epsilon. For MobileNet no md5 is published.
 */
public final class KerasFiles {
    private static final String BASE = "https://storage.googleapis.com/tensorflow/keras-applications/";

    private KerasFiles() {}

    public static PublishedFile vgg16(boolean top) {
        return top
                ? file("vgg16/vgg16_weights_tf_dim_ordering_tf_kernels.h5", "64373286793e3c8b2b4e3219cbf3544b")
                : file("vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5", "6d6bbae143d832006294945121d1f1fc");
    }

    public static PublishedFile resNet50(boolean top) {
        return top
                ? file(
                        "resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5",
                        "2cb95161c43110f7111970584f804107",
                        "a7b3fe01876f51b976af0dea6bc144eb")
                : file(
                        "resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
                        "4d473c1dd8becc155b73f8504c6f6626",
                        "a268eb855778b3df3c7506639542a6af");
    }

    public static PublishedFile inceptionV3(boolean top) {
        return top
                ? file(
                        "inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels.h5",
                        "9a0d58056eeedaa3f26cb7ebd46da564")
                : file(
                        "inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5",
                        "bcbd6486424b2319ff4ef7d526e38f63");
    }

    /**
     * MobileNet v1, trained on 224x224 pixels.
     *
     * @param alphaPercent the width multiplier in percent: 25, 50, 75 or 100
     */
    public static PublishedFile mobileNet(int alphaPercent, boolean top) {
        String alpha =
                switch (alphaPercent) {
                    case 25 -> "2_5";
                    case 50 -> "5_0";
                    case 75 -> "7_5";
                    case 100 -> "1_0";
                    default ->
                        throw new IllegalArgumentException("no MobileNet of " + alphaPercent + " % is published");
                };
        return file("mobilenet/mobilenet_" + alpha + "_224_tf" + (top ? "" : "_no_top") + ".h5");
    }

    private static PublishedFile file(String path, String... md5s) {
        String fileName = path.substring(path.indexOf('/') + 1);
        return new PublishedFile(fileName, URI.create(BASE + path), List.of(md5s));
    }
}
