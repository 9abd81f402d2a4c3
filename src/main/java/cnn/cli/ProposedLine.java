package cnn.cli;

import cnn.advise.Advice;
import cnn.advise.Candidate;
import cnn.advise.TrialRecipe;
import cnn.files.FileNames;
import cnn.report.ShellWord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line that trains what was advised, with the options of the command that advised as far as they matter there.
 *
 * @param typed the command that advised
 * @param data as it was typed
 */
record ProposedLine(ParseResult typed, Path data) {
    /** Of both commands. */
    private static final List<String> BOTH =
            List.of("--models-dir", "--offline", "--threads", "--cache-dir", "--no-cache", "--cache-limit");
    /** A model that is trained further has these from its head. */
    private static final List<String> OF_HEAD =
            List.of("--resize", "--aspect", "--color", "--auto-orient", "--max-pixels");

    private static final List<String> SPLIT = List.of("--validation-split", "--seed");

    String words(Advice advice) {
        Candidate proposed = advice.proposed();
        String name =
                FileNames.of(data.toAbsolutePath().normalize().getFileName()).replaceFirst("^-", "_");
        String model = free(name + ".zip");
        List<String> train = new ArrayList<>(List.of("cnn", "train", FileNames.of(data), "-m"));
        train.add(proposed.model().name());
        if (!proposed.atEnd()) {
            train.addAll(List.of("--layer", proposed.layer()));
        }
        train.addAll(typed(Stream.of(OF_HEAD, SPLIT, BOTH)));
        if (!advice.trial().pays()) {
            train.addAll(List.of("-o", model));
            return line(train);
        }
        String head = free(name + "-head.zip");
        train.addAll(List.of("-o", head));
        List<String> tune = new ArrayList<>(List.of("cnn", "finetune", FileNames.of(data), "--from", head));
        proposed.model().keras().file().ifPresent(file -> tune.addAll(List.of("--weights", file.toString())));
        tune.addAll(TrialRecipe.words(advice.trial().tuning()));
        tune.addAll(typed(Stream.of(SPLIT, BOTH)));
        tune.addAll(List.of("-o", model));
        return line(train) + " && " + line(tune);
    }

    /** The options among some names as they were typed. */
    private List<String> typed(Stream<List<String>> names) {
        List<String> wanted = names.flatMap(List::stream).toList();
        List<String> words = new ArrayList<>();
        for (OptionSpec option : typed.matchedOptions()) {
            if (wanted.contains(option.longestName())) {
                boolean negated = option.isOption() && Boolean.FALSE.equals(option.getValue());
                words.add(negated ? option.longestName().replaceFirst("^--", "--no-") : option.longestName());
                if (option.arity().max() > 0) {
                    words.addAll(option.originalStringValues());
                }
            }
        }
        return words;
    }

    /** A file name beside which nothing is yet. */
    private static String free(String name) {
        String stem = name.replaceFirst("\\.zip$", "");
        String found = name;
        for (int i = 2; Files.exists(Path.of(found)); i++) {
            found = "%s-%d.zip".formatted(stem, i);
        }
        return found;
    }

    private static String line(List<String> words) {
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
    }
}
