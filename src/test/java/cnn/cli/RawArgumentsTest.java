package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {

    @Test
    void keepsBytesThatAreNoUtf8() {
        byte[] commandLine =
                "java\0-jar\0cnn.jar\0classify\0\u00ff.jpg\0\u00fe.jpg\0\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(RawArguments.of(new String[] {"classify", "\ufffd.jpg", "\ufffd.jpg", ""}, commandLine))
                .containsExactly("classify", "\udcff.jpg", "\udcfe.jpg", "");
    }

    @Test
    void leavesOtherWordsAlone() {
        String[] words = {"classify", "caf\u00e9.jpg"};
        assertThat(RawArguments.of(words)).isSameAs(words);
    }
}
