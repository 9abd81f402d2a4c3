package cnn.evaluate;

import cnn.UserError;
import cnn.classify.ImagePreparation;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.model.Model;
import cnn.network.Conv2D;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/** What a network has learnt to look for, and what its layers make of an image. */
public final class LookInside {
    private static final int RGB = 3;

    private LookInside() {}

    /**
     * Small planes of numbers side by side, one after the other, each row-major.
     *
     * @param channels numbers for each place, interleaved: 3 for colours
     */
    public record Planes(int count, int height, int width, int channels, float[] values) {
        public Planes {
            if (values.length != count * height * width * channels) {
                throw new IllegalArgumentException("%d values do not make %d planes of %dx%dx%d"
                        .formatted(values.length, count, height, width, channels));
            }
        }
    }

    /**
     * The filters of the first convolution, which look at colours.
     *
     * @throws UserError if the first convolution of the network does not look at the three colours
     */
    public static Planes filters(Model model) {
        Network network = model.network();
        Node first = network.nodes().stream()
                .filter(node -> node.layer() instanceof Conv2D)
                .findFirst()
                .orElseThrow(() -> UserError.data(network.name() + " has no convolution, so no filters to show"));
        WeightSpec kernel = first.weights().get(0);
        List<Integer> sizes = kernel.shape().sizes();
        if (sizes.get(2) != RGB) {
            throw UserError.data("%s, the first convolution of %s, sees %d channels, not three colours"
                    .formatted(first.name(), network.name(), sizes.get(2)));
        }
        FloatBuffer values = model.weights().values(first, kernel);
        int filters = sizes.get(3);
        int each = sizes.get(0) * sizes.get(1) * RGB;
        float[] byFilter = new float[filters * each];
        for (int i = 0; i < each; i++) {
            for (int filter = 0; filter < filters; filter++) {
                byFilter[filter * each + i] = values.get(i * filters + filter);
            }
        }
        return new Planes(filters, sizes.get(0), sizes.get(1), RGB, byFilter);
    }

    /**
     * What a layer makes of an image, channel by channel.
     *
     * @throws UserError if there is no such layer, it gives no feature map, or the image cannot be read
     */
    public static Planes activations(Model model, ImagePreparation preparation, String layer, Path image) {
        Network network = model.network();
        Shape shape = network.node(layer).outputShape();
        if (!shape.isMap()) {
            throw UserError.usage("layer %s of %s gives no feature map but %s".formatted(layer, network.name(), shape));
        }
        float[] nhwc = new float[preparation.floats()];
        try {
            preparation.prepare(ImageDecoder.encoded(image), nhwc);
        } catch (ImageException e) {
            throw UserError.data("cannot read " + image + ": " + e.getMessage(), e);
        }
        try (ForwardPass pass = model.forward(List.of(layer), 1)) {
            float[] map = pass.run(FloatBuffer.wrap(nhwc), 1).get(0);
            int channels = shape.channels();
            int places = map.length / channels;
            float[] byChannel = new float[map.length];
            for (int i = 0; i < map.length; i++) {
                byChannel[i % channels * places + i / channels] = map[i];
            }
            return new Planes(channels, shape.height(), shape.width(), 1, byChannel);
        }
    }
}
