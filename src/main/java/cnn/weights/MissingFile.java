package cnn.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to say of a weight file that is not here: where it was looked for and what is there, what to do, and which networks
 * would run with what is here.
 *
 * @param firstIsNamedBy the option or variable that names the first of the places, if one does
 * @param find where a file is
 * @param published weights that others need, by the name of the network
 * @param others networks that need no file
 */
record MissingFile(
        PublishedFile file,
        List<Path> folders,
        Optional<String> firstIsNamedBy,
        Path own,
        Function<PublishedFile, Optional<Path>> find,
        Map<String, PublishedWeights> published,
        List<String> others) {
    private static final int MOST_NAMES = 4;

    /** All places, with what weight files are there. */
    String places() {
        return folders.stream().map(this::place).collect(Collectors.joining(", "));
    }

    String remedy() {
        String where = firstIsNamedBy.isPresent()
                ? "put it into " + folders.get(0)
                : "put it into " + own + " or set CNN_MODELS to its folder";
        List<String> runnable = runnable();
        String instead = runnable.isEmpty()
                ? ""
                : "; what would run now: "
                        + runnable.stream().map(name -> "-m " + name).collect(Collectors.joining(", "));
        return where + "; it is published at " + file.uri() + instead;
    }

    private String place(Path place) {
        String name =
                firstIsNamedBy.filter(named -> place.equals(folders.get(0))).orElse("");
        List<String> files = weightFiles(place);
        String more = files.size() > MOST_NAMES ? " and " + (files.size() - MOST_NAMES) + " more" : "";
        String holds = files.isEmpty()
                ? ""
                : "has " + String.join(" ", files.subList(0, Math.min(MOST_NAMES, files.size()))) + more;
        String remark = Stream.of(name, holds).filter(text -> !text.isEmpty()).collect(Collectors.joining(": "));
        return remark.isEmpty() ? place.toString() : place + " (" + remark + ")";
    }

    private static List<String> weightFiles(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".h5"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // it is not there, or nobody may look
        }
    }

    /** Networks whose file of the same kind, with or without top, is here. */
    private List<String> runnable() {
        boolean whole =
                published.values().stream().anyMatch(weights -> weights.whole().equals(file));
        Stream<String> here = published.entrySet().stream()
                .filter(entry -> find.apply(
                                whole
                                        ? entry.getValue().whole()
                                        : entry.getValue().withoutTop())
                        .isPresent())
                .map(Map.Entry::getKey);
        return Stream.concat(here, others.stream()).toList();
    }
}
