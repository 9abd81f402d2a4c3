package cnn.cache;

import cnn.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Records that can be told from their number. */
final class TestRecord {

    private TestRecord() {}

    static Sha256 key(int number) {
        return Sha256.of(("record " + number).getBytes(StandardCharsets.UTF_8));
    }

    /** Between 200 and 399 bytes. */
    static byte[] payload(int number) {
        byte[] payload = new byte[200 + number % 200];
        new Random(number).nextBytes(payload);
        return payload;
    }
}
