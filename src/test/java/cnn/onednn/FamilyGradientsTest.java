package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dropout;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.program.NaiveForwardPass;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of whole networks, one of each family in its smallest form and at its smallest input, against central differences
 * of plain loops in double precision: along the gradient itself of a weight, and of all weights together. {@code
 * -Dcnn.gradients=all} takes the families too whose smallest form takes minutes.
 */
class FamilyGradientsTest {
    private static final double STEP = 1.0 / (1 << 10);
    private static final double TOLERANCE = 5e-3;
    private static final int CLASSES = 3;
    private static final int SINGLE_WEIGHTS = 5;
    private static final List<String> QUICK = List.of(
            "mobilenet-0.25",
            "mobilenetv2-0.35",
            "mobilenetv3-small-0.75",
            "nasnet-mobile",
            "efficientnet-b0",
            "efficientnetv2-b0",
            "densenet121",
            "resnet50v2",
            "convnext-tiny");
    private static final List<String> SLOW =
            List.of("resnet50", "vgg16", "xception", "inception-v3", "inception-resnet-v2");

    /** A weight that is looked at by itself. */
    private record Place(Node node, WeightSpec spec) {}

    static Stream<String> names() {
        boolean all = System.getProperty("cnn.gradients", "").equals("all");
        return Stream.concat(QUICK.stream(), all ? SLOW.stream() : Stream.of());
    }

    @ParameterizedTest
    @MethodSource("names")
    void areCentralDifferences(String name) {
        int size = name.startsWith("inception") ? 75 : name.equals("xception") ? 71 : 32;
        Network network = withoutDropout(Zoo.named(name).network(Options.withTop(size, size, CLASSES)));
        Weights weights = weights();
        float[] image = RandomNetworks.images(5, network, 1);
        int target = leastLikely(network, weights, image);
        Set<String> all = Set.copyOf(network.nodes().stream().map(Node::name).toList());
        TrainingSetup setup = new TrainingSetup(all, Set.of(), Optimizer.of(new Sgd(0, false), 0), 1, 1);
        List<Place> places = new ArrayList<>();
        network.nodes().forEach(node -> node.weights().stream()
                .filter(WeightSpec::trainable)
                .forEach(spec -> places.add(new Place(node, spec))));
        try (OneDnnTraining trained = new OneDnnTraining(network, weights, setup)) {
            double loss = trained.train(FloatBuffer.wrap(image), new int[] {target}, new float[] {1}, 1)
                    .lossSum();
            double here = loss(network, weights, image, target);
            assertThat(loss).as("loss").isCloseTo(here, within(1e-4 * Math.max(1, here)));
            compare(name + ", all weights", trained, network, weights, image, target, here, places);
            for (int i = 0; i < SINGLE_WEIGHTS; i++) {
                Place place = places.get(i * (places.size() - 1) / (SINGLE_WEIGHTS - 1));
                compare(
                        name + ", " + place.spec.name() + " of " + place.node.name(),
                        trained,
                        network,
                        weights,
                        image,
                        target,
                        here,
                        List.of(place));
            }
        }
    }

    /** Along the gradient of these weights, the slope of the loss is the gradient's length. */
    private static void compare(
            String what,
            OneDnnTraining trained,
            Network network,
            Weights weights,
            float[] image,
            int target,
            double here,
            List<Place> places) {
        double squares = 0;
        for (Place place : places) {
            for (float value : trained.gradient(place.node.name(), place.spec.name())) {
                squares += (double) value * value;
            }
        }
        double length = Math.sqrt(squares);
        assertThat(length).as(what + ": length").isGreaterThan(1e-9);
        double ahead = loss(network, moved(weights, trained, places, STEP / length), image, target);
        double behind = loss(network, moved(weights, trained, places, -STEP / length), image, target);
        double bend = Math.abs(ahead - 2 * here + behind) / STEP;
        assertThat((ahead - behind) / (2 * STEP))
                .as(what)
                .isCloseTo(length, within(1e-6 + TOLERANCE * length + Math.min(bend, 0.1 * length)));
    }

    /**
     * Initial weights as Keras's; but factors and shifts that no layer can be without, and depthwise kernels under which
     * gradients do not vanish.
     */
    private static Weights weights() {
        Weights initial = new RandomWeights(42);
        Weights noise = RandomNetworks.weights(7);
        Set<WeightRole> asNoise = Set.of(WeightRole.SHIFT, WeightRole.SCALE, WeightRole.DEPTHWISE_KERNEL);
        return (node, spec) -> (asNoise.contains(spec.role()) ? noise : initial).values(node, spec);
    }

    private static Weights moved(Weights weights, OneDnnTraining trained, List<Place> places, double factor) {
        return (node, spec) -> {
            FloatBuffer values = weights.values(node, spec);
            if (!places.contains(new Place(node, spec))) {
                return values;
            }
            float[] gradient = trained.gradient(node.name(), spec.name());
            float[] moved = new float[gradient.length];
            for (int i = 0; i < moved.length; i++) {
                moved[i] = (float) (values.get(i) + factor * gradient[i]);
            }
            return FloatBuffer.wrap(moved);
        };
    }

    private static double loss(Network network, Weights weights, float[] image, int target) {
        return -Math.log(classes(network, weights, image)[target]);
    }

    /** The class under which the loss has the longest gradient. */
    private static int leastLikely(Network network, Weights weights, float[] image) {
        double[] classes = classes(network, weights, image);
        int least = 0;
        for (int i = 1; i < classes.length; i++) {
            least = classes[i] < classes[least] ? i : least;
        }
        return least;
    }

    private static double[] classes(Network network, Weights weights, float[] image) {
        return NaiveForwardPass.run(network, weights, image)
                .get(network.output().name());
    }

    /** What drops at random has no differences. */
    private static Network withoutDropout(Network network) {
        NetworkBuilder builder = Network.builder(
                network.name(), network.input().name(), network.input().outputShape());
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            Layer layer = node.layer() instanceof Dropout ? new Activation(ActivationFunction.LINEAR) : node.layer();
            builder.add(node.name(), layer, node.inputs().toArray(String[]::new));
        }
        return builder.build(network.output().name());
    }
}
