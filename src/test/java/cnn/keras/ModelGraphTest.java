package cnn.keras;

import static cnn.keras.KerasConfigs.dense;
import static cnn.keras.KerasConfigs.functional;
import static cnn.keras.KerasConfigs.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Origin;
import cnn.network.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelGraphTest {
    private static final String TWO_OUTPUTS = functional(
                    "m",
                    List.of(input("i", "[null,3]"), dense("a", 4, "i"), dense("b", 5, "a"), dense("c", 6, "a")),
                    "i",
                    "[\"b\",0,0],[\"c\",0,0]")
            .replace("INBOUND", "");

    @Test
    void takesTheOutputThatIsWanted() {
        assertThat(parse(TWO_OUTPUTS, Optional.of("c")).output().outputShape()).isEqualTo(Shape.of(6));
        assertThatThrownBy(() -> parse(TWO_OUTPUTS, Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model m has 2 outputs (b, c); pick one with --output-layer NAME");
        assertThatThrownBy(() -> parse(TWO_OUTPUTS, Optional.of("a")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.USAGE))
                .hasMessageContaining("--output-layer a: the outputs of model m are b, c");
    }

    @Test
    void readsEndsWithoutListsRoundThemAndAsDictionaries() {
        String one = KerasConfigs.chain(4);
        assertThat(parse(one, Optional.empty()).output().name()).isEqualTo("d0");
        String bare = one.replace("[[\"i\",0,0]]", "[\"i\",0,0]").replace("[[\"d0\",0,0]]", "{\"out\":[\"d0\",0,0]}");
        assertThat(bare).isNotEqualTo(one);
        assertThat(parse(bare, Optional.empty()).output().name()).isEqualTo("d0");
    }

    @Test
    void namesAllInputsOfAModelWithSeveral() {
        String two = KerasConfigs.chain(4).replace("[[\"i\",0,0]]", "[[\"i\",0,0],[\"meta\",0,0]]");
        assertThatThrownBy(() -> parse(two, Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model chain has 2 inputs (i, meta); only models with one are read");
    }

    @Test
    void takesTheOneUseOfALayerForWhateverItsNumberIs() {
        String counted = KerasConfigs.chain(4, 5).replace("[\"d0\",0,0]", "[\"d0\",3,0]");
        assertThat(parse(counted, Optional.empty()).output().inputs()).containsExactly("d0");
    }

    @Test
    void refusesClassesThatAreNotKerasOwn() {
        for (String own : List.of(
                "\"module\":null,\"registered_name\":\"mine>Dense\",\"class_name\":\"Dense\"",
                "\"module\":\"my.code\",\"registered_name\":\"Dense\",\"class_name\":\"Dense\"",
                "\"class_name\":\"mine>Dense\"")) {
            String config = KerasConfigs.chain(4)
                    .replace("\"registered_name\":null,", "")
                    .replace("\"module\":\"keras.layers\",\"class_name\":\"Dense\"", own);
            assertThat(config).contains(own);
            assertThatThrownBy(() -> parse(config, Optional.empty()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is a class of your own");
        }
    }

    @Test
    void givesPicturesWithoutAnAxisForColoursOne() {
        String config = KerasConfigs.sequential(
                        "s",
                        List.of(
                                input("i", "[null,28,28]"),
                                KerasConfigs.layer("Flatten", "f", "", "i"),
                                dense("d", 10, "f")))
                .replace("INBOUND", "");
        NetworkLayout layout = ModelConfig.parse(
                config.replace("Sequential", "Functional")
                        .replace("]},", "],\"input_layers\":[[\"i\",0,0]],\"output_layers\":[[\"d\",0,0]]},"),
                Optional.empty());
        assertThat(layout.summary().get(0).outputShape()).isEqualTo(Shape.of(28, 28));
        Network network = parse(config, Optional.empty());
        assertThat(network.input().outputShape()).isEqualTo(Shape.of(28, 28, 1));
        assertThat(network.parameters()).isEqualTo(784 * 10 + 10);
        Network other =
                ModelConfig.parse(config, Optional.of(Shape.of(14, 14, 3))).network();
        assertThat(other.input().outputShape()).isEqualTo(Shape.of(14, 14, 1));
    }

    private static Network parse(String config, Optional<String> output) {
        return ModelConfig.parse(config, Optional.empty(), output, Origin.UNKNOWN)
                .network();
    }
}
