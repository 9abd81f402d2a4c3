package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.data.Chained;
import cnn.data.ImageInput;
import cnn.data.ImageInputs;
import cnn.data.InputRange;
import cnn.data.OutputFiles;
import cnn.data.Shard;
import cnn.files.FileNames;
import cnn.image.ImageDecoder;
import java.io.BufferedInputStream;
import java.io.IOException;
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

    private Optional<Path> listed = Optional.empty();

    /**
     * The images that are named.
     *
     * @param looksLikeImage which files of a folder to take up
     * @param outputs none of which may be one of them
     */
    Iterator<ImageInput> images(InputStream standardInput, Predicate<Path> looksLikeImage, Writing outputs) {
        return images(standardInput, looksLikeImage, outputs, Optional.empty());
    }

    /**
     * The images that are named, or a shard of them.
     *
     * @param looksLikeImage which files of a folder to take up
     * @param outputs none of which may be one of them
     * @param shard what {@link #range} gave
     */
    Iterator<ImageInput> images(
            InputStream standardInput, Predicate<Path> looksLikeImage, Writing outputs, Optional<InputRange> shard) {
        Iterator<ImageInput> all = images(listed.map(InputOptions::open).orElse(standardInput), looksLikeImage);
        return OutputFiles.of(outputs.outputs())
                .apartFrom(shard.map(range -> range.of(all)).orElse(all));
    }

    /**
     * Lists all images, to tell which of them are a shard's. What standard input names is kept, to be read a second time.
     *
     * @param unit inputs that no two shards may divide between them
     * @return empty if there is no shard
     */
    Optional<InputRange> range(Optional<Shard> shard, InputStream standardInput, int unit) {
        if (shard.isPresent() && inputs.contains(STANDARD_INPUT)) {
            listed = Optional.of(StandardInput.kept(standardInput));
        }
        InputStream words = listed.map(InputOptions::open).orElse(InputStream.nullInputStream());
        return shard.map(one -> InputRange.of(one, images(words, ImageDecoder::looksLikeImage), unit));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw UserError.data("cannot read %s: %s".formatted(file, IoReason.of(e)), e);
        }
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
     * @param shard of whose inputs to tell
     * @return empty if standard input names some, which can be read only once
     */
    OptionalLong count(Optional<InputRange> shard) {
        if (shard.isPresent()) {
            return OptionalLong.of(shard.get().size());
        }
        return count();
    }

    /** See {@link #count(Optional)}. */
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
