package cnn.hostile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Sound pictures under names that people do not choose. */
final class HostileNames {
    private static final List<String> ODD = List.of(
            "\u001b[31mred",
            "\u001b]0;title\u0007",
            "bell\u0007",
            "\u202egpj.exe",
            "\u2066isolated\u2069",
            "line\u2028separator",
            "paragraph\u2029",
            "zero\u200bwidth",
            "\ufeffmark",
            "new\nline",
            "return\r",
            "tab\t",
            "delete\u007f",
            "\u009b31mcsi",
            "\u0085next",
            "\u061cmark",
            "back\b\b\b\b");
    private static final List<String> PLAIN = List.of(
            " ",
            "-",
            "--help",
            "@file",
            "*",
            "?",
            "[a]",
            "$(reboot)",
            "`id`",
            "%s%n%d",
            "a'b\"c",
            "\\",
            "=1+1",
            "ü",
            "日本",
            "😀",
            "a b",
            "x".repeat(200),
            "..a",
            "#",
            "~",
            "{}",
            "|",
            ">",
            "&",
            ";",
            "!",
            "null",
            "-0",
            "a,b");

    private final byte[] picture = Pictures.encoded("png", 20, 20);
    private final long seed;
    private final Path folder;

    HostileNames(long seed, Path folder) {
        this.seed = seed;
        this.folder = folder;
    }

    Case at(int index) {
        Random random = new Random(seed + index);
        List<String> all = new ArrayList<>(ODD);
        all.addAll(PLAIN);
        String name = all.get(index % all.size());
        for (int i = index / all.size(); i > 0; i--) {
            name += all.get(random.nextInt(ODD.size()));
        }
        Path file = Corpus.put(folder.resolve(name + ".png"), picture);
        List<String> words =
                switch (random.nextInt(4)) {
                    case 0 -> List.of("classify", "-m", "cifar10", "-f", "text", file.toString());
                    case 1 ->
                        List.of(
                                "classify",
                                "-m",
                                "cifar10",
                                "-f",
                                "text",
                                file.getParent().toString());
                    case 2 -> List.of("classify", "-m", "cifar10", "-f", "text", file + ".missing");
                    default ->
                        List.of(
                                "explain",
                                "-m",
                                "cifar10",
                                file.toString(),
                                "-o",
                                folder.resolve("out.png").toString());
                };
        return new Case(
                "a name: " + printable(name),
                file,
                words,
                Set.of(words.get(words.size() - 1).endsWith(".missing") ? 1 : 0));
    }

    /** ASCII, and what is not as its code point. */
    static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints().forEach(c -> text.append(c >= 32 && c < 127 ? Character.toString(c) : "<%04X>".formatted(c)));
        return text.length() > 60 ? text.substring(0, 60) + " ..." : text.toString();
    }
}
