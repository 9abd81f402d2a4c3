package cnn.data;

import cnn.cache.ContentHashes;
import cnn.files.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images to judge a model by: a folder for each class.
 *
 * @param folder that holds the folders of the classes
 * @param part which images these are
 * @param all how many images there are in {@code folder}
 * @param classes names of these folders, sorted
 * @param images in the order of the classes, then of their paths
 * @param notices what the user should know about the folders, a line each
 */
public record LabelledImages(
        Path folder, Part part, int all, List<String> classes, List<Labelled> images, List<String> notices) {

    /** Which images of a data set these are. */
    public enum Part {
        TEST("test"),
        VALIDATION("validation", "val"),
        TRAINING("train"),
        /** Those that a training held back. */
        SPLIT,
        ALL;

        private final List<String> folders;

        Part(String... folders) {
            this.folders = List.of(folders);
        }

        /** Whether training did not see them. */
        public boolean heldOut() {
            return this == TEST || this == VALIDATION || this == SPLIT;
        }

        private Optional<Path> folder(Path root) {
            return folders.stream()
                    .map(root::resolve)
                    .filter(Files::isDirectory)
                    .findFirst();
        }
    }

    /** An image and what it shows. */
    public record Labelled(ImageInput image, Target target) {}

    public LabelledImages {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
        notices = List.copyOf(notices);
    }

    /**
     * Finds the images of {@code root/test}; where there is no such folder, of {@code root/validation} (or {@code val}),
     * else of {@code root/train}, else of {@code root} itself. None is opened.
     *
     * @param looksLikeImage which files to take up
     * @throws UserError if there are none
     */
    public static LabelledImages find(Path root, Predicate<Path> looksLikeImage) {
        Part part = Arrays.stream(Part.values())
                .filter(one -> one.folder(root).isPresent())
                .findFirst()
                .orElse(Part.ALL);
        Path folder = part.folder(root).orElse(root);
        ImageFolders folders = new ImageFolders(folder, looksLikeImage);
        List<String> classes = folders.classes();
        List<Labelled> images = new ArrayList<>();
        PassedOver passedOver = new PassedOver(looksLikeImage);
        for (int index = 0; index < classes.size(); index++) {
            Target target = new Target(index);
            Path place = folder.resolve(FileNames.path(classes.get(index)));
            Iterator<ImageInput> files = new FolderWalk(FileNames.of(place), place, passedOver);
            while (files.hasNext()) {
                images.add(new Labelled(files.next(), target));
            }
        }
        if (images.isEmpty()) {
            throw folders.noImages();
        }
        List<String> notices = Stream.concat(
                        folders.empty().stream().map(name -> folder.resolve(FileNames.path(name)) + " has no images"),
                        passedOver.words().stream())
                .toList();
        return new LabelledImages(folder, part, images.size(), FileNames.visible(classes), images, notices);
    }

    /** The images of which {@code chosen} is true, in the same order. */
    public LabelledImages heldOut(List<Boolean> chosen) {
        List<Labelled> kept = IntStream.range(0, images.size())
                .filter(chosen::get)
                .mapToObj(images::get)
                .toList();
        return new LabelledImages(folder, Part.SPLIT, all, classes, kept, notices);
    }

    /**
     * The images with the hashes of their contents, in the same order.
     *
     * @param hashes know what is in files that were read before; the others are read
     * @throws IOException if one cannot be read
     */
    public List<Sample> samples(ContentHashes hashes) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Labelled labelled : images) {
            Path path = labelled.image()
                    .path()
                    .orElseThrow(() -> new NoSuchFileException(labelled.image().given()));
            samples.add(new Sample(labelled.image(), labelled.target(), hashes.of(path)));
        }
        return samples;
    }
}
