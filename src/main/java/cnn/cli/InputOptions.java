package cnn.cli;

import cnn.data.Chained;
import cnn.data.ImageInput;
import cnn.data.ImageInputs;
import cnn.data.OutputFiles;
import cnn.files.FileNames;
import cnn.image.ImageDecoder;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The images to work on. */
final class InputOptions {
    static final String STANDARD_INPUT = "-";

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = "Image files, folders (searched recursively, in sorted order), globs in quotes, "
                    + "and - for paths on standard input, one a line, or an image there.")
    private List<String> inputs;

    @Option(
            names = {"-0", "--null"},
            description = "Paths on standard input end with NUL, not with a newline.")
    private boolean nulSeparated;

    /**
     * The images that are named.
     *
     * @param looksLikeImage which files of a folder to take up
     * @param outputs none of which may be one of them
     */
    Iterator<ImageInput> images(InputStream standardInput, Predicate<Path> looksLikeImage, Writing outputs) {
        return OutputFiles.of(outputs.outputs()).apartFrom(images(standardInput, looksLikeImage));
    }

    private Iterator<ImageInput> images(InputStream standardInput, Predicate<Path> looksLikeImage) {
        ImageInputs images = new ImageInputs(looksLikeImage);
        BufferedInputStream buffered = new BufferedInputStream(standardInput);
        return new Chained<>(
                inputs.iterator(),
                word -> word.equals(STANDARD_INPUT)
                        ? standardInput(images, buffered)
                        : images.of(List.of(word).iterator()));
    }

    private Iterator<ImageInput> standardInput(ImageInputs images, BufferedInputStream stream) {
        Optional<ImageInput> image = StandardInput.image(stream);
        return image.isPresent()
                ? image.stream().iterator()
                : images.of(new SeparatedWords(stream, nulSeparated ? '\0' : '\n'));
    }

    /** As many images as a batch can have, when no more than that are named; a small batch needs less memory. */
    int batchSize(int wanted) {
        boolean countable = inputs.stream().allMatch(word -> !word.equals(STANDARD_INPUT) && isFile(word));
        return countable ? Math.min(wanted, inputs.size()) : wanted;
    }

    private static boolean isFile(String word) {
        try {
            return Files.isRegularFile(FileNames.path(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Counts the inputs by a walk of their own, so that what remains can be told.
     *
     * @return empty if standard input names some, which can be read only once
     */
    OptionalLong count() {
        if (inputs.contains(STANDARD_INPUT)) {
            return OptionalLong.empty();
        }
        Iterator<ImageInput> images = images(InputStream.nullInputStream(), ImageDecoder::looksLikeImage);
        long count = 0;
        while (images.hasNext()) {
            images.next();
            count++;
        }
        return OptionalLong.of(count);
    }
}
