package cnn.data;

import cnn.IoReason;
import cnn.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Images to judge a model by: a folder for each class.
 *
 * @param folder that holds the folders of the classes
 * @param classes names of these folders, sorted
 * @param images in the order of the classes, then of their paths
 * @param notices what the user should know about the folders, a line each
 */
public record LabelledImages(Path folder, List<String> classes, List<Labelled> images, List<String> notices) {
    private static final List<String> PARTS = List.of("test", "validation", "val");

    /** An image and the index of its class. */
    public record Labelled(ImageInput image, int label) {}

    public LabelledImages {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
        notices = List.copyOf(notices);
    }

    /**
     * Finds the images of {@code root/test}; where there is no such folder, of {@code root/validation} (or {@code val}),
     * else of {@code root} itself. None is opened.
     *
     * @param looksLikeImage which files to take up
     * @throws UserError if there are none
     */
    public static LabelledImages find(Path root, Predicate<Path> looksLikeImage) {
        Path folder = PARTS.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(root);
        if (folder.equals(root) && Files.isDirectory(root.resolve("train"))) {
            throw UserError.data(
                    "%s has neither test/ nor validation/; to judge by the images it was trained on, give %s"
                            .formatted(root, root.resolve("train")));
        }
        List<String> classes = classes(folder);
        List<Labelled> images = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path place = folder.resolve(FileNames.path(classes.get(label)));
            int before = images.size();
            Iterator<ImageInput> files = new FolderWalk(FileNames.of(place), place, looksLikeImage);
            while (files.hasNext()) {
                images.add(new Labelled(files.next(), label));
            }
            if (images.size() == before) {
                notices.add(place + " has no images");
            }
        }
        if (images.isEmpty()) {
            throw UserError.data("no images under %s; expected one folder per class, e.g. %s"
                    .formatted(folder, folder.resolve("cats").resolve("1.jpg")));
        }
        return new LabelledImages(folder, FileNames.visible(classes), images, notices);
    }

    private static List<String> classes(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> FileNames.of(entry.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw UserError.data("cannot read the data set " + folder + ": " + IoReason.of(e), e);
        }
    }
}
