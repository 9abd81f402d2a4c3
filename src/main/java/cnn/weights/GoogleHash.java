package cnn.weights;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** What Google's storage, where Keras's files lie, tells of the bytes of a whole file: "x-goog-hash: md5=BASE64". */
final class GoogleHash {
    private static final int MD5_BYTES = 16;

    private GoogleHash() {}

    /** The md5, 32 hex digits; nothing if there is none that can be understood. */
    static Optional<String> md5(HttpHeaders sent) {
        return sent.allValues("x-goog-hash").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(hash -> hash.startsWith("md5="))
                .flatMap(hash -> decoded(hash.substring(4)).stream())
                .filter(md5 -> md5.length == MD5_BYTES)
                .map(HexFormat.of()::formatHex)
                .findFirst();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
