package cnn.hostile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What may never be seen of a command, whatever it was given. */
final class Verdict {
    /** Control characters but newline and tab, line separators, and what reorders or hides text. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]");

    private static final Pattern TRACE =
            Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|^Exception in thread|a bug in the tool");

    private Verdict() {}

    /** What is wrong with this end of a command, if anything is. */
    static Optional<String> of(int exitCode, String out, String err, Set<Integer> allowed) {
        if (!allowed.contains(exitCode)) {
            return Optional.of("exit %d: %s".formatted(exitCode, telling(err)));
        }
        if (TRACE.matcher(err).find()) {
            return Optional.of("exit %d with a stack trace: %s".formatted(exitCode, telling(err)));
        }
        if (unprintable(out) || unprintable(err)) {
            return Optional.of("control or bidi characters in its output");
        }
        if (exitCode == 1 && out.isBlank()) {
            return Optional.of("exit 1 without a row: %s".formatted(telling(err)));
        }
        if (exitCode > 1 && err.lines().filter(line -> line.startsWith("cnn: ")).count() < 1) {
            return Optional.of("exit %d without a line that says why: %s".formatted(exitCode, telling(err)));
        }
        return Optional.empty();
    }

    static boolean unprintable(String text) {
        return UNPRINTABLE.matcher(text).find();
    }

    /** The last line that is the tool's own, and the exception and place where there is a trace. */
    static String telling(String err) {
        List<String> lines = err.lines().filter(line -> !line.isBlank()).toList();
        String first = lines.stream()
                .filter(line -> !line.startsWith("WARNING"))
                .findFirst()
                .orElse("nothing on stderr");
        String trace = lines.stream()
                .filter(line -> line.matches("^[\\w.$]+(Exception|Error)\\b.*"))
                .findFirst()
                .orElse("");
        String place = lines.stream()
                .filter(line -> line.matches("\\s+at (app//)?cnn\\..*"))
                .findFirst()
                .orElse("")
                .strip();
        String text = trace.isEmpty() ? first : trace + " " + place;
        return text.length() > 300 ? text.substring(0, 300) + " ..." : text;
    }
}
