package cnn.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small files as Keras 3 lays them out: weights by path, and archives with them. */
final class TestArchive {
    /** Datasets by their paths, such as {@code layers/dense/vars/0}: nested arrays. */
    final Map<String, Object> weights = new LinkedHashMap<>();

    /** What {@code vars} says of the name of its layer, by the path of the layer. */
    final Map<String, String> names = new LinkedHashMap<>();

    final Map<String, byte[]> members = new LinkedHashMap<>();

    TestArchive(String config) {
        members.put(KerasArchive.METADATA, "{\"keras_version\": \"3.8.0\"}".getBytes(StandardCharsets.UTF_8));
        members.put(KerasArchive.CONFIG, config.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts the variables of one layer, all numbers of each the same. */
    TestArchive layer(String path, float value, int[]... shapes) {
        for (int i = 0; i < shapes.length; i++) {
            weights.put(path + "/vars/" + i, TestFile.array(value + i, shapes[i]));
        }
        return this;
    }

    Path writeWeights(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            weights.forEach((path, values) -> {
                int end = path.lastIndexOf('/');
                group(hdf, path.substring(0, end)).putDataset(path.substring(end + 1), values);
            });
            names.forEach((path, name) -> group(hdf, path + "/vars").putAttribute("name", name));
        }
        return file;
    }

    /** @param stored whether members are not packed, as Keras leaves them */
    Path write(Path file, boolean stored) throws IOException {
        Path hdf = writeWeights(file.resolveSibling("model.weights.h5"));
        members.putIfAbsent(KerasArchive.WEIGHTS, Files.readAllBytes(hdf));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(stored ? stored(member.getKey(), member.getValue()) : new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return file;
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        return entry;
    }

    private static WritableGroup group(WritableGroup root, String path) {
        WritableGroup group = root;
        for (String name : path.split("/")) {
            WritableNode child = (WritableNode) group.getChildren().get(name);
            group = child instanceof WritableGroup inner ? inner : group.putGroup(name);
        }
        return group;
    }
}
