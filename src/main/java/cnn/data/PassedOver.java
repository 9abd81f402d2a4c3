package cnn.data;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells images from other files by their suffixes, and counts those it passes over. Used by one thread at a time. */
public final class PassedOver implements Predicate<Path> {
    private static final int KINDS_NAMED = 5;

    private final Predicate<Path> looksLikeImage;
    private final Map<String, Integer> counts = new TreeMap<>();

    /**
     * @param looksLikeImage which files to take up
     */
    public PassedOver(Predicate<Path> looksLikeImage) {
        this.looksLikeImage = looksLikeImage;
    }

    @Override
    public boolean test(Path file) {
        boolean image = looksLikeImage.test(file);
        if (!image) {
            counts.merge(suffix(file.getFileName().toString()), 1, Integer::sum);
        }
        return image;
    }

    /** How many files were passed over and of which kinds, the most frequent first, in one line; empty if none was. */
    public Optional<String> words() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return Optional.empty();
        }
        String kinds = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(KINDS_NAMED)
                .map(kind -> kind.getValue() + " " + (kind.getKey().isEmpty() ? "without" : kind.getKey()))
                .collect(Collectors.joining(", "));
        return Optional.of("passed over %s no %s by suffix: %s%s"
                .formatted(
                        all == 1 ? "1 file that is" : "%,d files that are".formatted(all),
                        all == 1 ? "image" : "images",
                        kinds,
                        counts.size() > KINDS_NAMED ? ", ..." : ""));
    }

    private static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }
}
