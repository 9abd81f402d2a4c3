package cnn.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Leaves of an option that the command line and files give the one that counts, see {@link GivenWord#PRECEDENCE}; an
 * option that may be repeated counts as one, with all its values. What one source gives twice is left to picocli.
 */
final class OptionPrecedence {

    /** Some words that belong together. */
    private record Part(List<GivenWord> words, Optional<OptionSpec> option) {
        GivenWord first() {
            return words.get(0);
        }
    }

    private OptionPrecedence() {}

    /** The words that are to be parsed by {@code cnn}. */
    static String[] settle(List<GivenWord> words, CommandLine cnn) {
        List<Part> parts = words.stream().anyMatch(word -> word.depth() > 0)
                ? parts(words, cnn.getCommandSpec())
                : List.of(new Part(words, Optional.empty()));
        Map<OptionSpec, GivenWord> winners = new HashMap<>();
        for (Part part : parts) {
            part.option()
                    .ifPresent(option -> winners.merge(
                            option,
                            part.first(),
                            (before, now) -> GivenWord.PRECEDENCE.compare(now, before) > 0 ? now : before));
        }
        return parts.stream()
                .filter(part -> part.option()
                        .map(option -> winners.get(option).isOfTheSameSource(part.first()))
                        .orElse(true))
                .flatMap(part -> part.words().stream())
                .map(GivenWord::word)
                .toArray(String[]::new);
    }

    private static List<Part> parts(List<GivenWord> words, CommandSpec cnn) {
        List<Part> parts = new ArrayList<>();
        CommandSpec command = cnn;
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next).word();
            int from = next++;
            Optional<OptionSpec> option = option(command, word);
            if (word.equals("--")) {
                next = words.size();
            } else if (option.isPresent() && takesTheNextWord(option.get(), word) && next < words.size()) {
                next++;
            } else if (option.isEmpty() && command.subcommands().containsKey(word)) {
                command = command.subcommands().get(word).getCommandSpec();
            }
            parts.add(new Part(words.subList(from, next), option));
        }
        return parts;
    }

    /** The option of {@code --name}, {@code --name=value}, {@code -n} or {@code -nvalue}. */
    private static Optional<OptionSpec> option(CommandSpec command, String word) {
        Map<String, OptionSpec> options = command.optionsMap();
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        OptionSpec found = options.get(name);
        boolean isShort = word.length() > 2 && word.charAt(0) == '-' && word.charAt(1) != '-';
        return Optional.ofNullable(found == null && isShort ? options.get(word.substring(0, 2)) : found);
    }

    private static boolean takesTheNextWord(OptionSpec option, String word) {
        return option.arity().max() > 0 && List.of(option.names()).contains(word);
    }
}
