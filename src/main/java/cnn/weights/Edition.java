package cnn.weights;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server calls a state of a file: a strong ETag, else the date, which are what the If-Range header takes.
 *
 * @param name as it stands in a header
 */
record Edition(String name) {
    private static final String IN_A_HEADER = "[ -~]{1,512}";

    /** What was noted beside a part; nothing if that is damaged. */
    static Optional<Edition> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    static Optional<Edition> of(HttpHeaders sent) {
        return sent.firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> sent.firstValue("Last-Modified"))
                .flatMap(Edition::of);
    }

    private static Optional<Edition> of(String name) {
        return name.matches(IN_A_HEADER) ? Optional.of(new Edition(name)) : Optional.empty();
    }

    void write(Path file) throws IOException {
        Files.writeString(file, name, StandardCharsets.ISO_8859_1);
    }

    /** Whether an answer with a part of a file is of this edition; it may leave out the date, but not an ETag. */
    boolean isOf(HttpHeaders sent) {
        return of(sent).map(this::equals).orElse(!name.startsWith("\""));
    }
}
