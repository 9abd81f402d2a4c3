package cnn.golden;

import cnn.network.Network;
import cnn.network.Node;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.util.Optional;

/** A golden file of made-up weights and the network of the zoo that it is about. */
public enum GoldenCase {
    VGG16("golden_vgg16", "vgg16", 22),
    VGG16_NOTOP_200("golden_vgg16_notop_200", "vgg16", 18),
    MOBILENET("golden_mobilenet", "mobilenet", 1, 87),
    MOBILENET_NOTOP_160("golden_mobilenet_notop_160", "mobilenet", 1, 81),
    MOBILENET_NOTOP_200("golden_mobilenet_notop_200_pad01", "mobilenet", 1, 86),
    RESNET50_2015("golden_resnet50", "resnet50", 1, 176),
    RESNET50_2015_NOTOP_200("golden_resnet50_notop_200", "resnet50", 1, 174),
    RESNET50_2019("golden_resnet50_2019", "resnet50", 176),
    RESNET50_2019_NOTOP_200("golden_resnet50_2019_notop_200", "resnet50", 174),
    INCEPTION_V3("golden_inception_v3", "inception-v3", 312),
    INCEPTION_V3_NOTOP_200("golden_inception_v3_notop_200", "inception-v3", 310);

    private final String file;
    private final String model;
    private final int form;
    private final int layers;

    GoldenCase(String file, String model, int layers) {
        this(file, model, 0, layers);
    }

    GoldenCase(String file, String model, int form, int layers) {
        this.file = file;
        this.model = model;
        this.form = form;
        this.layers = layers;
    }

    /** How many layers the file tells about; all of them must be found in the network. */
    public int layers() {
        return layers;
    }

    /** What the file says; where it is absent, the test that asks is skipped. */
    public GoldenFile read() throws IOException {
        return GoldenFile.read(Shared.path("golden/" + file + ".json"));
    }

    /** The network, with top if the file has probabilities, for the file's size of input. */
    public Network network(GoldenFile golden) {
        int size = golden.inputSize();
        Options options = golden.probabilities().length > 0
                ? Options.withTop(size, size)
                : Options.withoutTop(size, size, Optional.empty());
        return Zoo.named(model).forms().get(form).build(options);
    }

    /** The layer of ours that a layer of the file speaks of. */
    static Node node(Network network, GoldenFile.GoldenLayer layer) {
        String name = layer.name().replace("batch_normalization_v1", "batch_normalization");
        // Keras 2.1.4 reshaped MobileNet's probabilities; since then it has reshaped the logits, under the same name.
        if (network.name().equals("mobilenet") && name.equals("reshape_2")) {
            return network.node("act_softmax");
        }
        return network.node(name.equals("probs") ? "predictions" : name);
    }
}
