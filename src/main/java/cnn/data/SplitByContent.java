package cnn.data;

import cnn.files.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which samples to hold back for validation: of every class the same share, chosen by content and seed alone. So neither
 * moving the folder nor renaming its files reshuffles it, and copies of one image stay together.
 *
 * @param share of each class to hold back, above 0 and below 1
 */
public record SplitByContent(double share, long seed) {

    public SplitByContent {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share of " + share);
        }
    }

    /** Whether to hold back, for each of the samples in their order. */
    public List<Boolean> heldBack(List<Sample> samples) {
        Map<Target, Map<Sha256, Integer>> copiesByClass = new TreeMap<>(Comparator.comparing(Target::classIndex));
        Map<Sha256, Target> classOf = new LinkedHashMap<>();
        for (Sample sample : samples) {
            // An image that stands under two classes counts for the first, so that its copies stay together.
            Target target = classOf.computeIfAbsent(sample.content(), content -> sample.target());
            copiesByClass
                    .computeIfAbsent(target, first -> new LinkedHashMap<>())
                    .merge(sample.content(), 1, Integer::sum);
        }
        Map<Sha256, Boolean> heldBack = new LinkedHashMap<>();
        copiesByClass.values().forEach(copies -> choose(copies, heldBack));
        return samples.stream().map(sample -> heldBack.get(sample.content())).toList();
    }

    /** Goes through the images of a class in the order of their drawn numbers until the share is full. */
    private void choose(Map<Sha256, Integer> copies, Map<Sha256, Boolean> heldBack) {
        int all = copies.values().stream().mapToInt(Integer::intValue).sum();
        long wanted = Math.round(share * all);
        List<Sha256> drawn = new ArrayList<>(copies.keySet());
        drawn.sort(Comparator.comparing(this::number).thenComparing(Sha256::toString));
        long taken = 0;
        for (Sha256 content : drawn) {
            boolean take = taken < wanted;
            heldBack.put(content, take);
            taken += take ? copies.get(content) : 0;
        }
    }

    private long number(Sha256 content) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Sha256.BYTES).putLong(seed);
        content.write(bytes);
        return Sha256.of(bytes.array()).first();
    }
}
