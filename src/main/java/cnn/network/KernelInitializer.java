package cnn.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How the first values of a kernel are drawn, around 0; Keras's names. All are cases of its {@code VarianceScaling}. */
public enum KernelInitializer {
    /** Glorot and Bengio 2010, equation 16; Keras's default. */
    GLOROT_UNIFORM("GlorotUniform", 1, Fan.AVERAGE, true),
    /** He et al. 2015, equation 10, for layers that end in ReLU. */
    HE_UNIFORM("HeUniform", 2, Fan.IN, true),
    /** The same, normally distributed, as NASNet's convolutions start. */
    HE_NORMAL("HeNormal", 2, Fan.IN, false),
    /** As the convolutions of both EfficientNets start. */
    FAN_OUT_NORMAL("VarianceScaling", 2, Fan.OUT, false),
    /** As the classifiers of both EfficientNets start. */
    FAN_OUT_UNIFORM("VarianceScaling", 1.0 / 3, Fan.OUT, true);

    /** The standard deviation of what is left of a normal distribution between -2 and 2. */
    private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

    /** The number of connections that the variance is divided by. */
    private enum Fan {
        /** Numbers that one output is made of. */
        IN,
        /** Numbers that one input contributes to. */
        OUT,
        AVERAGE;

        double of(long in, long out) {
            return switch (this) {
                case IN -> in;
                case OUT -> out;
                case AVERAGE -> (in + out) / 2.0;
            };
        }
    }

    private final String kerasClass;
    private final double scale;
    private final Fan fan;
    private final boolean uniform;

    KernelInitializer(String kerasClass, double scale, Fan fan, boolean uniform) {
        this.kerasClass = kerasClass;
        this.scale = scale;
        this.fan = fan;
        this.uniform = uniform;
    }

    /** The next value of a kernel. */
    double draw(RandomGenerator random, long fanIn, long fanOut) {
        double connections = fan.of(fanIn, fanOut);
        if (uniform) {
            double limit = Math.sqrt(3 * scale / connections);
            return random.nextDouble(-limit, limit);
        }
        double normal;
        do {
            normal = random.nextGaussian();
        } while (Math.abs(normal) > 2);
        return normal * Math.sqrt(scale / connections) / TRUNCATED_DEVIATION;
    }

    /** What Keras's files say of it; see {@link #read}. */
    Map<String, Object> written() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (kerasClass.equals("VarianceScaling")) {
            arguments.put("scale", scale);
            arguments.put("mode", "fan_out");
            arguments.put("distribution", uniform ? "uniform" : "truncated_normal");
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("class_name", kerasClass);
        written.put("config", arguments);
        return written;
    }

    /** The one that is meant, if it is one of these. */
    static Optional<KernelInitializer> read(Object initializer) {
        return initializer instanceof Map<?, ?> map
                ? Arrays.stream(values()).filter(one -> one.isWrittenAs(map)).findFirst()
                : Optional.empty();
    }

    private boolean isWrittenAs(Map<?, ?> initializer) {
        Map<?, ?> arguments = initializer.get("config") instanceof Map<?, ?> config ? config : Map.of();
        return kerasClass.equals(initializer.get("class_name"))
                && ((Map<?, ?>) written().get("config")).entrySet().stream().allMatch(argument -> argument.getValue()
                        .equals(arguments.get(argument.getKey())));
    }
}
