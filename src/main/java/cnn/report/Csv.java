package cnn.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Comma-separated values as in RFC 4180, with lines that end as on Unix. */
final class Csv {

    private Csv() {}

    static String row(String... fields) {
        return Arrays.stream(fields).map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String field) {
        boolean plain = field.codePoints().noneMatch(c -> c == ',' || c == '"' || OneLine.isHidden(c));
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
