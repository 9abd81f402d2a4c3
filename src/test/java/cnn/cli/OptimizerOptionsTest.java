package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.program.Adadelta;
import cnn.program.Adagrad;
import cnn.program.Adam;
import cnn.program.Nadam;
import cnn.program.Optimizer;
import cnn.program.RmsProp;
import cnn.program.Sgd;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class OptimizerOptionsTest {

    /** Keras 3's defaults. */
    @Test
    void hasKerasDefaults() {
        Adam adam = new Adam(0.9, 0.999, 1e-7, false);
        assertThat(optimizer("")).isEqualTo(Optimizer.of(new RmsProp(0.9, 0, 1e-7, false), 0.001));
        assertThat(optimizer("--optimizer adam")).isEqualTo(Optimizer.of(adam, 0.001));
        assertThat(optimizer("--optimizer adamw"))
                .isEqualTo(new Optimizer(adam, 0.001, 0.004, OptionalDouble.empty()))
                .isEqualTo(optimizer("--optimizer adam --weight-decay 0.004"));
        assertThat(optimizer("--optimizer nadam")).isEqualTo(Optimizer.of(new Nadam(0.9, 0.999, 1e-7), 0.001));
        assertThat(optimizer("--optimizer adagrad")).isEqualTo(Optimizer.of(new Adagrad(0.1, 1e-7), 0.001));
        assertThat(optimizer("--optimizer adadelta")).isEqualTo(Optimizer.of(new Adadelta(0.95, 1e-7), 0.001));
        assertThat(optimizer("--optimizer sgd --momentum 0")).isEqualTo(Optimizer.of(new Sgd(0, false), 0.01));
    }

    @Test
    void takesWhatBelongsToARule() {
        assertThat(optimizer("--optimizer SGD --momentum 0.5 --nesterov --lr 0.1"))
                .isEqualTo(Optimizer.of(new Sgd(0.5, true), 0.1));
        assertThat(optimizer("--optimizer rmsprop --momentum 0.5 --centered").rule())
                .isEqualTo(new RmsProp(0.9, 0.5, 1e-7, true));
        assertThat(optimizer("--optimizer adamw --amsgrad --weight-decay 0.1 --clipnorm 2"))
                .isEqualTo(new Optimizer(new Adam(0.9, 0.999, 1e-7, true), 0.001, 0.1, OptionalDouble.of(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "--optimizer adam --momentum 0.9, '--momentum is for --optimizer sgd and rmsprop, not for adam'",
        "--nesterov, '--nesterov is for --optimizer sgd, not for rmsprop'",
        "--optimizer sgd --amsgrad, '--amsgrad is for --optimizer adam and adamw, not for sgd'",
        "--optimizer nadam --centered, '--centered is for --optimizer rmsprop, not for nadam'",
        "--optimizer sgd --momentum 0 --nesterov, '--nesterov needs a --momentum above 0'",
        "--optimizer sgd --momentum 1.5, '--momentum must be from 0 to 1, not 1.5'",
        "--weight-decay -1, '--weight-decay must be at least 0, not -1.0'",
        "--clipnorm 0, '--clipnorm must be above 0, not 0.0'",
        "--learning-rate 0, 'a learning rate must be above 0, not 0.0'",
        "--optimizer lion, 'no optimizer ''lion''; there are rmsprop, adam, adamw, nadam, adagrad, adadelta and sgd'"
    })
    void refusesWhatDoesNotGoTogether(String words, String message) {
        assertThatThrownBy(() -> optimizer(words))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--label-smoothing 1, '--label-smoothing must be at least 0 and below 1, not 1.0'",
        "--l2 NaN, '--l2 must be at least 0, not NaN'"
    })
    void refusesARegularizationThatIsNone(String words, String message) {
        assertThatThrownBy(() -> gradient(words).regularization()).hasMessage(message);
    }

    private static Optimizer optimizer(String words) {
        return gradient(words).optimizer();
    }

    private static GradientOptions gradient(String words) {
        GradientOptions options = new GradientOptions();
        new CommandLine(options)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words.isEmpty() ? new String[0] : words.split(" "));
        return options;
    }
}
