package cnn.train;

import cnn.Counted;
import cnn.Versions;
import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.model.Recipe;
import cnn.model.SavedModel;
import cnn.onednn.Processor;
import cnn.train.Difference.What;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A training that is to end in the bytes of an earlier one: what has to be kept for that, and whether it is the same.
 *
 * @param threads cores used
 */
public record Repetition(Training training, int threads) {
    private static final int DIGITS = 12;
    private static final int MOST_IMAGES = 20_000;
    private static final int NAMED = 3;

    /**
     * How to do this training again.
     *
     * @param files the sha256 of each file that the options name
     */
    public Recipe recipe(String command, List<String> options, Map<String, String> files) {
        return new Recipe(
                command,
                options,
                files,
                threadsThatMatter(),
                Processor.kind(),
                versions(),
                training.data().samples().count() <= MOST_IMAGES ? contents(training.data()) : Map.of());
    }

    /**
     * In what this training differs from the one that made a model.
     *
     * @param then with its recipe
     */
    public List<Difference> differences(SavedModel then) {
        Recipe recipe = then.training().recipe().orElseThrow();
        RunIdentity made = RunIdentity.of(
                then.training().settings(),
                then.training().origin(),
                then.training().data());
        Map<String, String> now = training.identity().facts();
        List<Difference> differences = new ArrayList<>();
        for (String fact : made.differing(now)) {
            switch (fact) {
                case "data" ->
                    data(recipe, then.classes()).forEach(line -> differences.add(new Difference(What.DATA, line)));
                case "weights" ->
                    differences.add(
                            new Difference(What.WEIGHTS, change(made.facts().get(fact), now.get(fact))));
                default ->
                    differences.add(new Difference(
                            What.SETTINGS, fact + " " + change(made.facts().get(fact), now.get(fact))));
            }
        }
        if (recipe.threads().isPresent() && recipe.threads().getAsInt() != threads) {
            differences.add(new Difference(
                    What.THREADS,
                    "trained with %d, here %d; give --threads %d"
                            .formatted(
                                    recipe.threads().getAsInt(),
                                    threads,
                                    recipe.threads().getAsInt())));
        }
        if (!recipe.processor().equals(Processor.kind())) {
            differences.add(new Difference(What.PROCESSOR, change(recipe.processor(), Processor.kind())));
        }
        if (!recipe.versions().equals(versions())) {
            differences.add(new Difference(What.VERSION, change(recipe.versions(), versions())));
        }
        return differences;
    }

    /** A head that is solved in double precision comes out the same with any number. */
    private OptionalInt threadsThatMatter() {
        return training.request().linear().isPresent() ? OptionalInt.empty() : OptionalInt.of(threads);
    }

    private static String versions() {
        Versions versions = Versions.ofThisBuild();
        return "cnn %s, oneDNN %s".formatted(versions.cnn(), versions.oneDnn());
    }

    private static String change(String then, String now) {
        return "was %s, is %s".formatted(then, now == null ? "none" : now);
    }

    /** For each class the beginnings of its images' sha256s, in order. */
    private static Map<String, List<String>> contents(Dataset data) {
        Map<String, List<String>> contents = new TreeMap<>();
        data.samples().forEach(sample -> contents.computeIfAbsent(name(data, sample), name -> new ArrayList<>())
                .add(digits(sample)));
        contents.values().forEach(digits -> digits.sort(null));
        return contents;
    }

    private List<String> data(Recipe recipe, List<String> classes) {
        if (!classes.equals(training.data().classes())) {
            return List.of(change(
                    "of the classes " + String.join(", ", classes),
                    "of " + String.join(", ", training.data().classes())));
        }
        if (recipe.contents().isEmpty()) {
            return List.of("the images are others than the model was trained on");
        }
        Map<String, List<String>> now = contents(training.data());
        Set<String> names = new TreeSet<>(recipe.contents().keySet());
        names.addAll(now.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            List<String> before = recipe.contents().getOrDefault(name, List.of());
            List<String> after = now.getOrDefault(name, List.of());
            if (!before.equals(after)) {
                lines.add("%s: %s".formatted(name, change(before, after)));
            }
        }
        return lines.isEmpty() ? List.of("the same images, in another order or in other parts") : lines;
    }

    private String change(List<String> before, List<String> after) {
        List<String> gone = new ArrayList<>(before);
        after.forEach(gone::remove);
        List<String> added = new ArrayList<>(after);
        before.forEach(added::remove);
        List<String> changes = new ArrayList<>();
        if (!gone.isEmpty()) {
            changes.add("%s missing (sha256 %s)".formatted(Counted.of(gone.size(), "image"), named(gone)));
        }
        if (!added.isEmpty()) {
            Map<String, Path> paths = new LinkedHashMap<>();
            training.data().samples().forEach(sample -> paths.putIfAbsent(digits(sample), sample.path()));
            changes.add("%s new or changed (%s)"
                    .formatted(
                            Counted.of(added.size(), "image"),
                            named(added.stream()
                                    .map(digits -> paths.get(digits).toString())
                                    .toList())));
        }
        return String.join(", ", changes);
    }

    private static String named(List<String> all) {
        String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() > NAMED ? named + ", ..." : named;
    }

    private static String name(Dataset data, Sample sample) {
        return data.classes().get(sample.target().classIndex());
    }

    private static String digits(Sample sample) {
        return sample.content().toString().substring(0, DIGITS);
    }
}
