package cnn.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A saved model whose description was changed by someone who knows how to keep every checksum right. */
public final class RewrittenModel {
    private static final String DESCRIPTION = "cnn.json";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** @param model a sound one */
    public RewrittenModel(Path model) {
        try (FileChannel channel = FileChannel.open(model)) {
            for (StoredZip.Entry entry : StoredZip.read(model, channel)) {
                ByteBuffer content = ByteBuffer.allocate((int) entry.bytes());
                channel.read(content, entry.content());
                entries.put(entry.name(), content.array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String description() {
        return new String(entries.get(DESCRIPTION), StandardCharsets.UTF_8);
    }

    public Path write(Path file, UnaryOperator<String> change) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            StoredZipWriter zip = new StoredZipWriter(channel);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                byte[] content = entry.getKey().equals(DESCRIPTION)
                        ? change.apply(description()).getBytes(StandardCharsets.UTF_8)
                        : entry.getValue();
                zip.add(entry.getKey(), out -> out.write(content));
            }
            zip.end();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
