package cnn.program;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoweringTest {

    @Test
    void paddingConvolutionNormAndActivationAreOneStep() {
        List<Step> steps =
                Program.forInference(residualBlock(), List.of("first_relu")).steps();
        assertThat(steps).hasSize(2);
        assertThat(steps.get(0)).isInstanceOfSatisfying(Step.Convolve.class, step -> {
            assertThat(step.source()).isEqualTo("input");
            assertThat(step.target()).isEqualTo("first_relu");
            assertThat(step.pads()).isEqualTo(new Pads(1, 1, 1, 1));
            assertThat(step.kernel().folds()).map(fold -> fold.layer().name()).containsExactly("first_norm");
            assertThat(step.epilogue().terms()).isEqualTo(ActivationFunction.RELU.terms());
        });
        assertThat(steps.get(1)).isEqualTo(new Step.Deliver("first_relu", "first_relu"));
    }

    @Test
    void sumIsLeftToTheConvolutionThatComesLast() {
        List<Step> steps = Program.forInference(residualBlock(), List.of("out")).steps();
        assertThat(steps).hasSize(3);
        assertThat(steps.get(1)).isInstanceOfSatisfying(Step.Convolve.class, step -> {
            assertThat(step.epilogue().addend()).contains("first_relu");
            assertThat(step.epilogue().terms()).isEqualTo(ActivationFunction.RELU.terms());
            assertThat(step.target()).isEqualTo("out");
        });
    }

    @Test
    void whatIsAskedForIsNotFusedAway() {
        List<Step> steps = Program.forInference(residualBlock(), List.of("out", "pad", "first_norm", "sum"))
                .steps();
        assertThat(steps)
                .map(Step::target)
                .containsExactly("pad", "pad", "first_norm", "first_norm", "first_relu", "sum", "sum", "out", "out");
    }

    @Test
    void whatLiesAboveIsLeftOut() {
        Network network = Zoo.named("resnet50").forms().get(0).build(Options.withTop(224, 224));
        assertThat(Program.forInference(network, List.of("pool1_pool")).steps()).hasSize(3);
    }

    @Test
    void aResidualNetworkIsConvolutionsAndLittleElse() {
        Network network = Zoo.named("resnet50").forms().get(0).build(Options.withTop(224, 224));
        List<Step> steps =
                Program.forInference(network, List.of(network.output().name())).steps();
        assertThat(steps).filteredOn(step -> step instanceof Step.Convolve).hasSize(53);
        // two poolings, the dense layer, softmax and the output
        assertThat(steps).hasSize(53 + 5);
    }

    private static Network residualBlock() {
        NetworkBuilder builder = Network.builder("block", "input", Shape.of(8, 8, 16));
        Conv2D inner = new Conv2D(16, Window.of(3, 1, Padding.VALID), true, ActivationFunction.LINEAR);
        builder.add("pad", new ZeroPadding2D(new Pads(1, 1, 1, 1)), "input");
        builder.add("first", inner, "pad");
        builder.add("first_norm", new BatchNormalization(0.99, 1e-3, true, true), "first");
        builder.add("first_relu", new Activation(ActivationFunction.RELU), "first_norm");
        Conv2D last = new Conv2D(16, Window.of(1, 1, Padding.VALID), true, ActivationFunction.LINEAR);
        builder.add("second", last, "first_relu");
        builder.add("sum", new Add(), "first_relu", "second");
        builder.add("out", new Activation(ActivationFunction.RELU), "sum");
        return builder.build("out");
    }
}
