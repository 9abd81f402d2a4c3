package cnn.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Comma-separated values as in RFC 4180, with lines that end as on Unix. A value is a line of text whatever it holds: what
 * {@link OneLine} hides stands there as an escape, which can be undone.
 */
final class Csv {

    private Csv() {}

    static String row(String... fields) {
        return Arrays.stream(fields).map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String field) {
        String text = OneLine.exact(field);
        boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
