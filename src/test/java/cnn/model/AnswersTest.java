package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.keras.CompiledLoss;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Optional<CompiledLoss> NONE = Optional.empty();

    @Test
    void takesALastLayerWithoutActivationForLogitsAndSaysSo() {
        for (int units : new int[] {1, 3}) {
            Network network = network(new Dense(units, true, ActivationFunction.LINEAR), new Dropout(0.5));
            Answers answers = Answers.of("m.keras", network, NONE, Optional.empty());
            assertThat(answers.network().output().layer())
                    .isEqualTo(new Activation(units == 1 ? ActivationFunction.SIGMOID : ActivationFunction.SOFTMAX));
            assertThat(answers.note().orElseThrow())
                    .contains("the last layer of m.keras has no activation", "--last-layer probabilities");
        }
    }

    @Test
    void leavesProbabilitiesAsTheyAre() {
        for (ActivationFunction function : new ActivationFunction[] {
            ActivationFunction.SOFTMAX, ActivationFunction.SIGMOID, ActivationFunction.RELU
        }) {
            Network direct = network(new Dense(3, true, function));
            assertThat(Answers.of("m", direct, NONE, Optional.empty()))
                    .isEqualTo(new Answers(direct, Optional.empty()));
            Network behind = network(new Dense(3, true, ActivationFunction.LINEAR), new Activation(function));
            assertThat(Answers.of("m", behind, NONE, Optional.empty()).network())
                    .isSameAs(behind);
        }
    }

    @Test
    void believesTheLossAndTheUserMore() {
        Network linear = network(new Dense(3, true, ActivationFunction.LINEAR));
        Optional<CompiledLoss> fromLogits = Optional.of(new CompiledLoss("categorical_crossentropy", true));
        assertThat(Answers.of("m", linear, fromLogits, Optional.empty()).note()).isEmpty();
        assertThat(Answers.of("m", linear, NONE, Optional.of(LastLayer.PROBABILITIES)))
                .isEqualTo(new Answers(linear, Optional.empty()));
        Network softmax = network(new Dense(3, true, ActivationFunction.SOFTMAX));
        assertThat(Answers.of("m", softmax, fromLogits, Optional.empty()).network())
                .isSameAs(softmax);
        assertThat(Answers.of("m", softmax, NONE, Optional.of(LastLayer.LOGITS)).network())
                .isNotSameAs(softmax);
    }

    @Test
    void refusesWhatWasTrainedToGiveNumbers() {
        Network linear = network(new Dense(1, true, ActivationFunction.LINEAR));
        Optional<CompiledLoss> squares = Optional.of(new CompiledLoss("mean_squared_error", false));
        assertThatThrownBy(() -> Answers.of("m.keras", linear, squares, Optional.empty()))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageContaining("m.keras was compiled with a loss for numbers, mean_squared_error");
        assertThat(Answers.of("m", linear, squares, Optional.of(LastLayer.LOGITS))
                        .network())
                .isNotSameAs(linear);
        Network softmax = network(new Dense(3, true, ActivationFunction.SOFTMAX));
        assertThat(Answers.of("m", softmax, squares, Optional.empty()).network())
                .isSameAs(softmax);
    }

    private static Network network(Layer... layers) {
        NetworkBuilder builder = Network.builder("m", "i", Shape.of(4));
        String last = "i";
        for (int i = 0; i < layers.length; i++) {
            last = builder.add("l" + i, layers[i], last);
        }
        return builder.build(last);
    }
}
