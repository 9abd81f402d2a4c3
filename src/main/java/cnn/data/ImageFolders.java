package cnn.data;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder that holds a folder for each class.
 *
 * @param looksLikeImage which files are images
 */
record ImageFolders(Path folder, Predicate<Path> looksLikeImage) {

    /** The names of the folders that have images, sorted; hidden ones are passed over. */
    List<String> classes() {
        return names().stream().filter(this::hasImages).toList();
    }

    /** The names of the folders that have none. */
    List<String> empty() {
        return names().stream().filter(name -> !hasImages(name)).toList();
    }

    /** What to say where there is no folder with images. */
    UserError noImages() {
        Path example = folder.resolve("cats").resolve("1.jpg");
        long loose = list().stream()
                .filter(Files::isRegularFile)
                .filter(looksLikeImage)
                .count();
        return UserError.data(
                loose == 0
                        ? "no images under %s; expected one folder per class, e.g. %s".formatted(folder, example)
                        : "%s holds %d %s but no folders of classes; sort them into one folder per class, e.g. %s"
                                .formatted(folder, loose, loose == 1 ? "image" : "images", example));
    }

    private boolean hasImages(String name) {
        return new FolderWalk(name, folder.resolve(FileNames.path(name)), looksLikeImage).hasNext();
    }

    private List<String> names() {
        return list().stream()
                .filter(Files::isDirectory)
                .map(entry -> FileNames.of(entry.getFileName()))
                .filter(name -> !name.startsWith("."))
                .sorted()
                .toList();
    }

    private List<Path> list() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw UserError.data("cannot read the data set " + folder + ": " + IoReason.of(e), e);
        }
    }
}
