package cnn.data;

import cnn.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of some images a training held back, so that they can be found again in the same images, whatever files and folder
 * are called by then.
 *
 * @param share of each class that was held back, above 0 and below 1
 * @param seed of that choice
 * @param images how many there were, held back or not
 * @param data the sha256, as hex digits, of {@code "split 1\n"} and, for each class that has images in the order of the names,
 *     of its name and of the sha256s of its images in ascending order, a line each; names of files are not in it
 */
public record StoredSplit(double share, long seed, int images, String data) {

    public StoredSplit {
        new SplitByContent(share, seed);
    }

    /** How {@code split} divides some samples. */
    static StoredSplit of(SplitByContent split, List<Sample> samples, List<String> classes) {
        return new StoredSplit(split.share(), split.seed(), samples.size(), fingerprint(samples, classes));
    }

    /** Whether these are the images that were divided. */
    public boolean fits(List<Sample> samples, List<String> classes) {
        return images == samples.size() && data.equals(fingerprint(samples, classes));
    }

    /** Whether training held them back, for each of the images in their order. */
    public List<Boolean> heldBack(List<Sample> samples) {
        return new SplitByContent(share, seed).heldBack(samples);
    }

    private static String fingerprint(List<Sample> samples, List<String> classes) {
        Map<String, List<String>> contents = new TreeMap<>();
        samples.forEach(
                sample -> contents.computeIfAbsent(classes.get(sample.target().classIndex()), name -> new ArrayList<>())
                        .add(sample.content().toString()));
        StringBuilder text = new StringBuilder("split 1\n");
        contents.forEach((name, hashes) -> {
            text.append(name).append('\n');
            hashes.stream().sorted().forEach(hash -> text.append(hash).append('\n'));
        });
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
