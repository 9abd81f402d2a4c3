package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.UserError;
import cnn.model.Model;
import cnn.model.OpenModels;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.program.RandomNetworks;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedOutputTest {
    private static final int IMAGES = 6;

    /** What a model says of a class that it knew, beside another that it knew, stays. */
    @Test
    void classesThatStayKeepTheirLikelihoods() {
        List<List<String>> all = List.of(
                List.of("a", "b"),
                List.of("b", "c"),
                List.of("a", "b", "c"),
                List.of("a", "c", "x"),
                List.of("a", "b", "c", "x", "y"),
                List.of("b", "x"));
        for (List<String> before : all.subList(0, 5)) {
            for (List<String> now : all) {
                for (boolean bias : new boolean[] {true, false}) {
                    check(new ClassChange(before, now), bias);
                }
            }
        }
    }

    private static void check(ClassChange change, boolean bias) {
        double[][] before;
        double[][] now;
        try (Model model = model(change.before().size(), bias)) {
            before = logits(model);
            Model changed = ChangedOutput.of(model, change);
            now = logits(changed);
            assertThat(changed.network().output().name())
                    .isEqualTo(model.network().output().name());
        }
        for (int image = 0; image < IMAGES; image++) {
            double most = Double.NEGATIVE_INFINITY;
            for (String one : change.kept()) {
                most = Math.max(most, now[image][change.now().indexOf(one)]);
                for (String other : change.kept()) {
                    double then = before[image][change.before().indexOf(one)]
                            - before[image][change.before().indexOf(other)];
                    double after = now[image][change.now().indexOf(one)]
                            - now[image][change.now().indexOf(other)];
                    assertThat(after).as("%s, image %d", change, image).isCloseTo(then, within(1e-4));
                }
            }
            if (change.now().containsAll(change.before())) {
                for (String added : change.now()) {
                    assertThat(now[image][change.now().indexOf(added)]).isLessThanOrEqualTo(most + 1e-5);
                }
            }
        }
    }

    @Test
    void saysWhichStayComeAndGo() {
        assertThat(new ClassChange(List.of("a", "b", "c"), List.of("b", "c", "d")).words())
                .isEqualTo("classes: b, c kept; d new; a dropped, as the data have none");
        List<String> many = IntStream.range(0, 9).mapToObj(i -> "c" + i).toList();
        assertThat(new ClassChange(many, List.of("x", "y")).words())
                .isEqualTo("classes: x, y new; c0, c1, c2, c3, c4 and 4 classes more dropped, as the data have none");
    }

    @Test
    void refusesAnOutputThatIsNoDenseLayer() {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(4, 4, 3));
        builder.add("conv", new Conv2D(3, Window.of(4, 1, Padding.VALID), true, ActivationFunction.SOFTMAX), "input");
        Network network = builder.build(builder.add("flat", new Flatten(), "conv"));
        try (Model model = OpenModels.of(network, RandomNetworks.weights(1))) {
            assertThatThrownBy(
                            () -> ChangedOutput.of(model, new ClassChange(List.of("a", "b", "c"), List.of("a", "b"))))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("ends in no dense layer of classes");
        }
    }

    private static Model model(int classes, boolean bias) {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(4, 4, 3));
        builder.add("conv", new Conv2D(5, Window.of(3, 1, Padding.SAME), true, ActivationFunction.RELU), "input");
        builder.add("avg", new GlobalPooling2D(Pooling.AVERAGE), "conv");
        Dense dense = classes == 2
                ? new Dense(1, bias, ActivationFunction.SIGMOID)
                : new Dense(classes, bias, ActivationFunction.SOFTMAX);
        Network network = builder.build(builder.add("dense", dense, "avg"));
        return OpenModels.of(network, RandomNetworks.weights(classes));
    }

    /** Logarithms of probabilities, one for each class. */
    private static double[][] logits(Model model) {
        float[] images = RandomNetworks.images(3, model.network(), IMAGES);
        float[] values = model.pass().run(FloatBuffer.wrap(images), IMAGES).get(0);
        int outputs = values.length / IMAGES;
        double[][] logits = new double[IMAGES][];
        for (int image = 0; image < IMAGES; image++) {
            int at = image * outputs;
            logits[image] = outputs == 1
                    ? new double[] {Math.log(1 - (double) values[at]), Math.log(values[at])}
                    : IntStream.range(0, outputs)
                            .mapToDouble(i -> Math.log(values[at + i]))
                            .toArray();
        }
        return logits;
    }
}
