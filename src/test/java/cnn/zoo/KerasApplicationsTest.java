package cnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class KerasApplicationsTest {

    @Test
    void everyFileHasItsOwnAddress() {
        assertThat(address("vgg16"))
                .hasToString("https://storage.googleapis.com/tensorflow/keras-applications/vgg16/"
                        + "vgg16_weights_tf_dim_ordering_tf_kernels.h5");
        assertThat(address("efficientnet-b0"))
                .hasToString("https://storage.googleapis.com/keras-applications/efficientnetb0.h5");
    }

    private static URI address(String network) {
        return Zoo.named(network).weights().uri();
    }
}
