package cnn.zoo;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The families of Keras Applications whose pixels are scaled outside of the network, told by the names of layers that no
 * other has, or by the name of the model.
 */
public enum RecognisedNetwork {
    // Before VGG, some of whose layers have the same names.
    XCEPTION(Preprocessing.TF, "xception", "block1_conv1_act"),
    VGG(Preprocessing.CAFFE, "vgg(16|19)", "block5_conv3"),
    RESNET_V2(Preprocessing.TF, "resnet\\d+v2", "conv2_block1_preact_bn"),
    DENSENET(Preprocessing.TORCH, "densenet\\d+", "conv2_block1_concat"),
    RESNET(Preprocessing.CAFFE, "resnet\\d+", "conv2_block1_1_conv", "res2a_branch2a"),
    INCEPTION_RESNET(Preprocessing.TF, "inception_resnet_v2", "mixed_5b"),
    INCEPTION(Preprocessing.TF, "inception_v3", "mixed10"),
    MOBILENET(Preprocessing.TF, "mobilenet_[\\d.]+_\\w+", "conv_dw_1"),
    MOBILENET_V2(Preprocessing.TF, "mobilenetv2_[\\d.]+_\\w+", "bn_Conv1"),
    NASNET(Preprocessing.TF, "(nasnet|nasnet_mobile|nasnet_large)", "reduction_conv_1_stem_1");

    private final Preprocessing preprocessing;
    private final Pattern model;
    private final List<String> layers;

    RecognisedNetwork(Preprocessing preprocessing, String model, String... layers) {
        this.preprocessing = preprocessing;
        this.model = Pattern.compile(model + "(_\\d+)?", Pattern.CASE_INSENSITIVE);
        this.layers = List.of(layers);
    }

    /**
     * The family of a model, or of one that is nested in it.
     *
     * @param models their names
     * @param layers the names of all layers
     */
    public static Optional<RecognisedNetwork> in(Collection<String> models, Collection<String> layers) {
        Set<String> names = Set.copyOf(layers);
        return Arrays.stream(values())
                .filter(family -> family.layers.stream().anyMatch(names::contains)
                        || models.stream()
                                .anyMatch(name -> family.model.matcher(name).matches()))
                .findFirst();
    }

    /** How its weights want pixels scaled. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }
}
