package cnn.data;

import cnn.IoReason;
import cnn.UserError;
import cnn.cache.ContentHashes;
import cnn.files.FileNames;
import cnn.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a data set from folders: {@code train}, {@code validation} (or {@code val}) and perhaps {@code test} with a folder
 * for each class in each, or a folder for each class directly, which is split then. Nothing is written there.
 */
public final class DatasetReader {
    private static final List<String> TRAINING = List.of("train");
    private static final List<String> VALIDATION = List.of("validation", "val");
    private static final List<String> TEST = List.of("test");

    private final Predicate<Path> looksLikeImage;
    private final ContentHashes hashes;

    /** A folder of samples, and what was met in it that is none. */
    private static final class Part {
        private final List<Sample> samples = new ArrayList<>();
        private final PassedOver images;

        Part(PassedOver images) {
            this.images = images;
        }
    }

    /**
     * @param looksLikeImage which files to take up
     * @param hashes know what is in files that were read before
     */
    public DatasetReader(Predicate<Path> looksLikeImage, ContentHashes hashes) {
        this.looksLikeImage = looksLikeImage;
        this.hashes = hashes;
    }

    /**
     * Reads a data set.
     *
     * @param validationShare of each class, to be held back where there is no folder for validation; above 0 and below 1
     * @param seed of that choice
     * @throws UserError if there are no images, only one class, or a class that is not in {@code train}
     */
    public Dataset read(Path root, double validationShare, long seed) {
        Path training = folder(root, TRAINING).orElse(root);
        Optional<Path> validation = training.equals(root) ? Optional.empty() : folder(root, VALIDATION);
        Optional<Path> test = training.equals(root) ? Optional.empty() : folder(root, TEST);
        ImageFolders folders = new ImageFolders(training, looksLikeImage);
        List<String> classes = folders.classes();
        List<String> notices = new ArrayList<>();
        check(folders, classes);
        Part read = part(training, classes, notices);
        List<Sample> trained = read.samples;
        List<Sample> judged = new ArrayList<>();
        Optional<StoredSplit> split = Optional.empty();
        if (validation.isPresent()) {
            judged = part(validation.get(), classes, notices).samples;
        } else {
            SplitByContent byContent = new SplitByContent(validationShare, seed);
            List<Boolean> heldBack = byContent.heldBack(read.samples);
            split = Optional.of(StoredSplit.of(byContent, read.samples, classes));
            trained = new ArrayList<>();
            for (int i = 0; i < read.samples.size(); i++) {
                (heldBack.get(i) ? judged : trained).add(read.samples.get(i));
            }
        }
        List<Sample> tested =
                test.map(folder -> part(folder, classes, notices).samples).orElse(List.of());
        Map<String, List<Sample>> parts = new LinkedHashMap<>();
        parts.put("training", trained);
        parts.put("validation", judged);
        parts.put("test", tested);
        notices.addAll(Dataset.duplicates(parts, classes));
        return new Dataset(FileNames.visible(classes), trained, judged, tested, split, notices);
    }

    private static void check(ImageFolders folders, List<String> classes) {
        if (classes.isEmpty()) {
            throw folders.noImages();
        }
        if (classes.size() < 2) {
            throw UserError.data("%s has images of one class only, %s; at least two are needed"
                    .formatted(folders.folder(), classes.get(0)));
        }
    }

    private Part part(Path folder, List<String> classes, List<String> notices) {
        Part part = new Part(new PassedOver(looksLikeImage));
        ImageFolders folders = new ImageFolders(folder, looksLikeImage);
        for (String name : folders.classes()) {
            int index = classes.indexOf(name);
            if (index < 0) {
                throw UserError.data("%s has a class '%s' that is not in the training folder; there are %s"
                        .formatted(folder, name, String.join(", ", classes)));
            }
            readClass(folder.resolve(FileNames.path(name)), new Target(index), part);
        }
        List<String> empty = folders.empty();
        if (!empty.isEmpty()) {
            notices.add("%s has no images of %s, which is left out".formatted(folder, String.join(", ", empty)));
        }
        part.images.words().ifPresent(words -> notices.add("under %s %s".formatted(folder, words)));
        return part;
    }

    private void readClass(Path folder, Target target, Part part) {
        Iterator<ImageInput> files = new FolderWalk(folder.toString(), folder, part.images);
        while (files.hasNext()) {
            ImageInput file = files.next();
            Path path = file.path()
                    .orElseThrow(() -> UserError.data("cannot read " + file.given() + ": "
                            + file.problem().orElse("")));
            part.samples.add(new Sample(file, target, content(path)));
        }
    }

    private Sha256 content(Path file) {
        try {
            return hashes.of(file);
        } catch (IOException e) {
            throw UserError.data("cannot read " + file + ": " + IoReason.of(e), e);
        }
    }

    private static Optional<Path> folder(Path root, List<String> names) {
        return names.stream().map(root::resolve).filter(Files::isDirectory).findFirst();
    }
}
