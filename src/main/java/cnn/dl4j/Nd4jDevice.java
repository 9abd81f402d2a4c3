package cnn.dl4j;

import cnn.UserError;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J computes on. nd4j-cuda 11.6 has machine code for graphics cards of compute capability 3.7 to 8.6 only. */
final class Nd4jDevice {
    private static final int OLDEST = 37;
    private static final int NEWEST = 86;

    private Nd4jDevice() {}

    /** @throws UserError of kind WEIGHTS if there is no device that this ND4J can use */
    static void require() {
        Properties environment;
        try {
            environment = Nd4j.getExecutioner().getEnvironmentInformation();
        } catch (LinkageError e) {
            throw UserError.weights("Deeplearning4j finds no device to compute on: " + cause(e), e);
        }
        requireKnownCard(environment);
    }

    /** @param environment as ND4J describes it; without a card for the processor's backend */
    static void requireKnownCard(Properties environment) {
        if (!(environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> cards)) {
            return;
        }
        if (cards.isEmpty()) {
            throw UserError.weights("Deeplearning4j finds no graphics card to compute on");
        }
        Map<?, ?> card = (Map<?, ?>) cards.get(0);
        int major = number(card, Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY);
        int minor = number(card, Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY);
        int capability = 10 * major + minor;
        if (capability < OLDEST || capability > NEWEST) {
            throw UserError.weights("%s has compute capability %d.%d; this Deeplearning4j has code for 3.7 to 8.6"
                    .formatted(card.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY), major, minor));
        }
    }

    private static int number(Map<?, ?> card, String key) {
        return Integer.parseInt(String.valueOf(card.get(key)));
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
