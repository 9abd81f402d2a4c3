package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network with published weights has as many parameters as Keras says that it has. */
class PublishedParametersTest {

    static Stream<ZooModel> published() {
        return Zoo.models().stream().filter(model -> model.published().isPresent());
    }

    @ParameterizedTest
    @MethodSource("published")
    void withTop(ZooModel model) {
        Options options = model.withTop(model.inputSize(), model.inputSize());
        for (Architecture form : model.forms()) {
            assertThat(form.build(options).parameters()).isEqualTo(KerasApplications.parameters(model.name(), true));
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void withoutTopAtAnotherSize(ZooModel model) {
        Options options = Options.withoutTop(161, 150, Optional.empty());
        for (Architecture form : model.forms()) {
            assertThat(form.build(options).parameters()).isEqualTo(KerasApplications.parameters(model.name(), false));
        }
    }
}
