package cnn.cli;

import cnn.UserError;
import cnn.data.ImageInput;
import cnn.data.ImageInputs;
import cnn.data.OutputFiles;
import cnn.data.PassedOver;
import cnn.data.Sample;
import cnn.data.SplitByContent;
import cnn.data.Target;
import cnn.files.Sha256;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine.Option;

/** The images that find ranges, and those that judge what comes of it. */
final class CalibrationImages {

    @Option(
            names = "--validation-split",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Of each folder, chosen by content and --seed: what is held back to judge by, and finds no "
                    + "ranges. 0: the images judge what they found. Default: ${DEFAULT-VALUE}.")
    private double share;

    @Option(
            names = "--judge",
            paramLabel = "INPUT",
            description = "Judge by these images instead: files, folders, globs in quotes; repeated for several.")
    private List<String> judges = List.of();

    /**
     * The images in two parts.
     *
     * @param finding that find ranges
     * @param judging that judge, in words {@code which}
     */
    record Parts(List<ImageInput> finding, List<ImageInput> judging, String which) {}

    /** @throws UserError of kind USAGE if the share is none */
    void check() {
        if (!(share >= 0 && share < 1)) {
            throw UserError.usage("--validation-split must be at least 0 and below 1, not " + share);
        }
    }

    /**
     * Divides the images, each of which is read once for that.
     *
     * @param seed of the choice
     * @param leftOut hears of an image that cannot be read
     */
    Parts of(
            Iterator<ImageInput> images,
            long seed,
            OutputFiles outputs,
            BiConsumer<ImageInput, ImageException> leftOut) {
        if (!judges.isEmpty()) {
            PassedOver passedOver = new PassedOver(ImageDecoder::looksLikeImage);
            return new Parts(
                    list(images),
                    list(outputs.apartFrom(new ImageInputs(passedOver).of(judges.iterator()))),
                    "named by --judge");
        }
        if (share == 0) {
            List<ImageInput> all = list(images);
            return new Parts(all, all, "the same that found the ranges");
        }
        List<Sample> samples = samples(images, leftOut);
        List<Boolean> heldBack = new SplitByContent(share, seed).heldBack(samples);
        Map<Boolean, List<ImageInput>> parts =
                new LinkedHashMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
        for (int i = 0; i < samples.size(); i++) {
            parts.get(heldBack.get(i)).add(samples.get(i).image());
        }
        return parts.get(true).isEmpty()
                ? new Parts(parts.get(false), parts.get(false), "the same that found the ranges, as there are so few")
                : new Parts(parts.get(false), parts.get(true), "held back from finding the ranges");
    }

    private static List<Sample> samples(Iterator<ImageInput> images, BiConsumer<ImageInput, ImageException> leftOut) {
        Map<Path, Target> folders = new LinkedHashMap<>();
        List<Sample> samples = new ArrayList<>();
        while (images.hasNext()) {
            ImageInput image = images.next();
            try {
                Sha256 content = Sha256.of(image.encoded());
                Path folder = image.path().orElseThrow().toAbsolutePath().getParent();
                Target target = folders.computeIfAbsent(folder, first -> new Target(folders.size()));
                samples.add(new Sample(image, target, content));
            } catch (ImageException e) {
                leftOut.accept(image, e);
            }
        }
        return samples;
    }

    private static List<ImageInput> list(Iterator<ImageInput> images) {
        List<ImageInput> list = new ArrayList<>();
        images.forEachRemaining(list::add);
        return list;
    }
}
