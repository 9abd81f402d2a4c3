package cnn.cli;

import cnn.UserError;
import cnn.program.Adam;
import cnn.program.Optimizer;
import cnn.program.RmsProp;
import cnn.program.Sgd;
import cnn.program.UpdateRule;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** By which rule gradients change weights. */
final class OptimizerOptions {
    /** Of these options. */
    static final List<String> NAMES = List.of(
            "--optimizer",
            "--learning-rate",
            "--momentum",
            "--nesterov",
            "--amsgrad",
            "--centered",
            "--weight-decay",
            "--clipnorm");

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "rmsprop",
            description = "rmsprop, adam, adamw, nadam, adagrad, adadelta or sgd, as Keras has them. Default: "
                    + "${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = {"--learning-rate", "--lr"},
            paramLabel = "X",
            description = "Default: Keras's for the optimizer, 0.001, of sgd 0.01.")
    private Double learningRate;

    @Option(
            names = "--momentum",
            paramLabel = "X",
            description = "Of sgd and rmsprop. Default: 0.9 for sgd (Keras: 0), 0 for rmsprop.")
    private Double momentum;

    @Option(names = "--nesterov", description = "Nesterov's momentum, of sgd.")
    private boolean nesterov;

    @Option(names = "--amsgrad", description = "AMSGrad's variant of adam and adamw.")
    private boolean amsgrad;

    @Option(names = "--centered", description = "Divides by the gradients' spread, of rmsprop.")
    private boolean centered;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description =
                    "The share, times the learning rate, that all weights that learn lose each step. Default: 0.004 "
                            + "for adamw, else 0.")
    private Double weightDecay;

    @Option(
            names = "--clipnorm",
            paramLabel = "X",
            description = "Shortens the gradient of each weight of a layer to this norm. Default: not.")
    private Double clipnorm;

    /** @throws UserError if options do not go together, or a number is none of its range */
    Optimizer optimizer() {
        Optimizer usual =
                Optimizer.named(name, learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate));
        return new Optimizer(
                rule(usual.rule()),
                usual.learningRate(),
                weightDecay == null ? usual.weightDecay() : Checks.notNegative("--weight-decay", weightDecay),
                clipnorm == null ? OptionalDouble.empty() : OptionalDouble.of(Checks.positive("--clipnorm", clipnorm)));
    }

    private UpdateRule rule(UpdateRule usual) {
        checkGoesWith(
                momentum != null, "--momentum", usual instanceof Sgd || usual instanceof RmsProp, "sgd and rmsprop");
        checkGoesWith(nesterov, "--nesterov", usual instanceof Sgd, "sgd");
        checkGoesWith(amsgrad, "--amsgrad", usual instanceof Adam, "adam and adamw");
        checkGoesWith(centered, "--centered", usual instanceof RmsProp, "rmsprop");
        if (usual instanceof Sgd sgd) {
            double keep = momentum(sgd.momentum());
            if (nesterov && keep == 0) {
                throw UserError.usage("--nesterov needs a --momentum above 0");
            }
            return new Sgd(keep, nesterov);
        }
        if (usual instanceof RmsProp rms) {
            return new RmsProp(rms.rho(), momentum(rms.momentum()), rms.epsilon(), centered);
        }
        if (usual instanceof Adam adam) {
            return new Adam(adam.beta1(), adam.beta2(), adam.epsilon(), amsgrad);
        }
        return usual;
    }

    private void checkGoesWith(boolean given, String option, boolean fits, String others) {
        if (given && !fits) {
            throw UserError.usage("%s is for --optimizer %s, not for %s".formatted(option, others, name));
        }
    }

    private double momentum(double usual) {
        return momentum == null ? usual : Checks.share("--momentum", momentum);
    }
}
