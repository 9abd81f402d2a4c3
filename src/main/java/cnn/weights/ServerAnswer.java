package cnn.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server tells of the bytes that it sends, as far as it can be understood.
 *
 * @param headers of its answer
 */
record ServerAnswer(HttpHeaders headers) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /** How many bytes follow. */
    OptionalLong length() {
        return headers.firstValue("Content-Length").stream()
                .filter(length -> length.matches("\\d+"))
                .mapToLong(length -> new BigInteger(length)
                        .min(BigInteger.valueOf(Long.MAX_VALUE))
                        .longValue())
                .findFirst();
    }

    /** The size of the whole file of which what follows is the rest, from byte {@code here} on; nothing if it is not. */
    OptionalLong sizeWhereRestFrom(long here) {
        Matcher range =
                CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        boolean isRest = range.matches()
                && Long.parseLong(range.group(1)) == here
                && Long.parseLong(range.group(2)) == Long.parseLong(range.group(3)) - 1;
        return isRest ? OptionalLong.of(Long.parseLong(range.group(3))) : OptionalLong.empty();
    }

    Optional<Edition> edition() {
        return Edition.of(headers);
    }

    /** The md5 of the whole file. */
    Optional<String> md5() {
        return GoogleHash.md5(headers);
    }

    /** Refuses bytes that are not the file's own. */
    void requirePlain() throws IOException {
        String coding = headers.firstValue("Content-Encoding").orElse("identity");
        if (!coding.equalsIgnoreCase("identity")) {
            throw new IOException("the server sends the file encoded: " + coding);
        }
    }
}
