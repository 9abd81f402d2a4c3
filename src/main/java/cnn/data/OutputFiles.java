package cnn.data;

import cnn.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a run is going to write. Those that are there already must not be what it reads, by whatever name or link:
 * they would be lost.
 */
public final class OutputFiles {
    private final List<Path> replaced;

    private OutputFiles(List<Path> replaced) {
        this.replaced = replaced;
    }

    /**
     * The outputs of a run before it begins; what is no plain file, such as a pipe, loses nothing when it is written to.
     */
    public static OutputFiles of(Collection<Path> outputs) {
        return new OutputFiles(outputs.stream().filter(Files::isRegularFile).toList());
    }

    /**
     * Lets a file pass that the run reads.
     *
     * @throws UserError if the run would write over it
     */
    public void refuse(Path input) {
        for (Path output : replaced) {
            if (isSame(output, input)) {
                throw UserError.usage("%s is an input%s and would be written over; name another file with -o"
                        .formatted(output, output.equals(input) ? "" : ", as " + input));
            }
        }
    }

    /**
     * Lets images pass that the run reads.
     *
     * @throws UserError if it would write over one of them
     */
    public void refuse(LabelledImages images) {
        images.images().forEach(image -> image.image().path().ifPresent(this::refuse));
    }

    /**
     * Lets a place pass where a picture is going to be written.
     *
     * @param inputs pictures that the run reads
     * @throws UserError if it would lie among them, where the next run would read it as well
     */
    public static void refuseAmong(Path picture, Stream<Path> inputs) {
        Path folder = picture.toAbsolutePath().getParent();
        inputs.map(Path::getParent)
                .distinct()
                .filter(read -> isSame(read, folder))
                .findFirst()
                .ifPresent(read -> {
                    throw UserError.usage(
                            "%s would lie among the images of %s and be read as one; name another place with -o"
                                    .formatted(picture, read));
                });
    }

    /** The same inputs, each held against the outputs when it is taken. */
    public Iterator<ImageInput> apartFrom(Iterator<ImageInput> inputs) {
        return replaced.isEmpty()
                ? inputs
                : new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return inputs.hasNext();
                    }

                    @Override
                    public ImageInput next() {
                        ImageInput input = inputs.next();
                        input.path().ifPresent(OutputFiles.this::refuse);
                        return input;
                    }
                };
    }

    private static boolean isSame(Path output, Path input) {
        try {
            return Files.isSameFile(output, input);
        } catch (IOException e) {
            return false; // an input that is not there, or cannot be reached: whoever reads it says so
        }
    }
}
