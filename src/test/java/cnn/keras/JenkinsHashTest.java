package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JenkinsHashTest {

    /** The checksum of HDF5's metadata; the first value follows from its definition, the second is its author's. */
    @ParameterizedTest
    @CsvSource({"'', deadbeef", "Four score and seven years ago, 17770551"})
    void checksumsAsBobJenkinsDoes(String text, String expected) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Integer.toHexString(JenkinsHash.of(bytes, bytes.length))).isEqualTo(expected);
    }
}
