package cnn.keras;

import cnn.json.Json;
import cnn.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of whole models that Keras 3 reads. */
public final class Keras3File {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss");

    /** Keras gives none, which in a zip is the beginning of its calendar. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    private Keras3File() {}

    /**
     * Writes an .h5 as {@code model.save("m.h5")} does.
     *
     * @param writer that the configuration of the layers is of
     * @param out takes the bytes in their order; it may keep the arrays
     */
    public static void writeH5(
            ExportedModel model, ExportNotes notes, KerasVersion writer, Weights weights, Consumer<byte[]> out) {
        Hdf5Group root = new Hdf5Group();
        root.put("model_config", Json.text(new Keras3Text(false).of(model)));
        notes.putInto(root);
        Hdf5Group listed = root.group("model_weights");
        for (Hdf5Group group : List.of(root, listed)) {
            group.put("keras_version", writer.version());
            group.put("backend", writer.backend().orElse("tensorflow"));
        }
        Keras3Weights.list(listed, model);
        Hdf5Writer.write(root, weights, out);
    }

    /**
     * Writes a .keras file as {@code model.save("m.keras")} does: a zip whose members are stored. The weights are gone through
     * twice, first for their checksum, so that no more than a piece of one is in memory.
     *
     * @param writer as in {@link #writeH5}
     * @param out takes the bytes in their order; it may keep the arrays
     */
    public static void writeArchive(
            ExportedModel model, ExportNotes notes, KerasVersion writer, Weights weights, Consumer<byte[]> out) {
        Map<String, Object> config = new Keras3Text(true).of(model);
        notes.compiled().ifPresent(compiled -> config.put("compile_config", compiled.fields()));
        String metadata = Json.text(notes.metadata(writer, DATE.format(LocalDateTime.now())));
        Hdf5Group variables = Keras3Weights.byPath(model);
        try (ZipOutputStream zip = new ZipOutputStream(stream(out))) {
            add(zip, KerasArchive.METADATA, content -> content.accept(metadata.getBytes(StandardCharsets.UTF_8)));
            String text = Json.text(config);
            add(zip, KerasArchive.CONFIG, content -> content.accept(text.getBytes(StandardCharsets.UTF_8)));
            add(zip, KerasArchive.WEIGHTS, content -> Hdf5Writer.write(variables, weights, content));
        } catch (IOException e) {
            throw new UncheckedIOException("a consumer throws nothing of that kind", e);
        }
    }

    private static void add(ZipOutputStream zip, String name, Consumer<Consumer<byte[]>> content) throws IOException {
        CRC32 crc = new CRC32();
        long[] bytes = {0};
        content.accept(piece -> {
            crc.update(piece);
            bytes[0] += piece.length;
        });
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(bytes[0]);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        content.accept(piece -> {
            try {
                zip.write(piece);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        zip.closeEntry();
    }

    private static OutputStream stream(Consumer<byte[]> out) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                out.accept(new byte[] {(byte) one});
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                out.accept(Arrays.copyOfRange(bytes, from, from + length));
            }
        };
    }
}
