package cnn.report;

import cnn.files.FileNames;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Comma-separated values as in RFC 4180, with lines that end as on Unix. Values are exact; but bytes of a file's name that are no
 * UTF-8 are written as {@code \xff}, so that the file is text.
 */
final class Csv {

    private Csv() {}

    static String row(String... fields) {
        return Arrays.stream(fields).map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String field) {
        boolean plain = field.codePoints().noneMatch(c -> c == ',' || c == '"' || OneLine.isHidden(c));
        return plain ? field : '"' + FileNames.visible(field).replace("\"", "\"\"") + '"';
    }
}
