package cnn.data;

import cnn.files.FileNames;
import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * The images that the words on a command line stand for, one after the other and in their order: a file as it is, a
 * folder by the images below it in sorted order, a glob by what matches it in sorted order.
 *
 * <p>Lazy: holds one list of names for each folder on the way, whatever the number of images. A word that stands for no
 * image at all gives one input with a problem, so that nothing asked for is without an answer.
 */
public final class ImageInputs {
    private final Predicate<Path> looksLikeImage;

    /**
     * @param looksLikeImage which files of a folder to take up
     */
    public ImageInputs(Predicate<Path> looksLikeImage) {
        this.looksLikeImage = looksLikeImage;
    }

    /** The images that {@code words} stand for; the next word is taken when the images of the one before are used up. */
    public Iterator<ImageInput> of(Iterator<String> words) {
        return new Chained<>(words, this::expand);
    }

    private Iterator<ImageInput> expand(String word) {
        Path path;
        try {
            path = FileNames.path(word);
        } catch (InvalidPathException e) {
            return one(ImageInput.failed(word, "not a path: " + e.getReason()));
        }
        if (word.isEmpty()) {
            return one(ImageInput.failed(word, "an empty path"));
        }
        if (Files.isDirectory(path)) {
            return orProblem(new FolderWalk(word, path, looksLikeImage), word, "a folder without images");
        }
        if (Files.exists(path) || !isGlob(word)) {
            return one(ImageInput.file(word, path));
        }
        return glob(word);
    }

    private Iterator<ImageInput> glob(String word) {
        int firstWildcard = firstWildcard(word);
        String folder = word.substring(0, word.lastIndexOf(File.separatorChar, firstWildcard) + 1);
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + word);
            FolderWalk walk = new FolderWalk(folder, FileNames.path(folder), matcher::matches);
            return orProblem(walk, word, "matches no file");
        } catch (PatternSyntaxException e) {
            return one(ImageInput.failed(word, "not a glob: " + e.getDescription()));
        }
    }

    private static boolean isGlob(String word) {
        return firstWildcard(word) >= 0;
    }

    private static int firstWildcard(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("*?[{".indexOf(word.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static Iterator<ImageInput> orProblem(Iterator<ImageInput> found, String word, String problem) {
        return found.hasNext() ? found : one(ImageInput.failed(word, problem));
    }

    private static Iterator<ImageInput> one(ImageInput input) {
        return Collections.singleton(input).iterator();
    }
}
