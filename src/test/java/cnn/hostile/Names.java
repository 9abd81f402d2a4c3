package cnn.hostile;

import java.nio.file.Path;
import java.util.List;

/** Names of files that are made to deceive, and names that are no text. */
final class Names {
    private static final int SECONDS = 30;
    private static final List<String> BYTES =
            List.of("caf\\351", "caf\\350", "\\377\\376", "a\\200b", "\\303", "\\355\\240\\275");

    private Names() {}

    static List<Tally> run(Scope scope) {
        Tally shown = new Tally("names", "no control or bidi character reaches a text output");
        new Batch(Corpus.NAMES, scope.seed(), scope.folder("names"), new Batch.Limits(10, 1000))
                .run(0, scope.of(60, 200), shown);
        return List.of(shown, notText(scope));
    }

    /** Names of bytes that are not UTF-8, which only the shell can make. */
    private static Tally notText(Scope scope) {
        Tally opened = new Tally("names", "names that are not UTF-8: opened, and told apart");
        Path folder = scope.folder("bytes");
        Corpus.put(folder.resolve("good.png"), Pictures.encoded("png", 20, 20));
        String make = "mkdir -p odd; for name in '%s'; do cp good.png \"$(printf 'odd/'\"$name\".png)\"; done; "
                .formatted(String.join("' '", BYTES));
        List<String> classify = List.of("classify", "-m", "cifar10", "-k", "1", "-f");
        for (String format : List.of("jsonl", "csv", "text")) {
            for (String how : List.of(
                    "\"$@\" " + format + " odd",
                    "\"$@\" " + format + " odd/*.png",
                    "printf '%s\\n' odd/*.png | \"$@\" " + format + " -",
                    "printf '%s\\0' odd/*.png | \"$@\" " + format + " -0 -")) {
                Run run = Run.script(folder, make + how, List.of(), SECONDS, classify.toArray(String[]::new));
                long rows = run.out()
                        .lines()
                        .filter(line -> line.contains(".png"))
                        .distinct()
                        .count();
                opened.check(
                        run.exitCode() == 0 && rows == BYTES.size(),
                        "%s: exit %d, %d different rows of %d: %s"
                                .formatted(how, run.exitCode(), rows, BYTES.size(), Verdict.telling(run.err())));
            }
        }
        return opened;
    }
}
