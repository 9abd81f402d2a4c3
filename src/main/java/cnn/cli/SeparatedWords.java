package cnn.cli;

import cnn.UserError;
import cnn.files.FileNames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The words of a stream as they arrive, as {@link FileNames}, each ended by a separator or by the end; empty ones are passed over. */
final class SeparatedWords implements Iterator<String> {
    /** Far more than any system takes for a path. */
    private static final int MAX_BYTES = 1 << 16;

    private final InputStream stream;
    private final char separator;
    private Optional<String> next = Optional.empty();
    private boolean ended;

    SeparatedWords(InputStream stream, char separator) {
        this.stream = new BufferedInputStream(stream);
        this.separator = separator;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && !ended) {
            next = Optional.of(read()).filter(word -> !word.isEmpty());
        }
        return next.isPresent();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String word = next.orElseThrow();
        next = Optional.empty();
        return word;
    }

    private String read() {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        try {
            int b;
            while ((b = stream.read()) >= 0 && b != separator) {
                word.write(b);
                if (word.size() > MAX_BYTES) {
                    throw UserError.data("standard input holds neither an image nor paths: %,d bytes without a %s"
                            .formatted(MAX_BYTES, separator == '\0' ? "NUL" : "newline"));
                }
            }
            ended = b < 0;
        } catch (IOException e) {
            throw UserError.data("cannot read standard input: " + e.getMessage(), e);
        }
        return FileNames.of(word.toByteArray());
    }
}
