package cnn.report;

import cnn.features.FeatureRow;
import cnn.keras.Hdf5Objects;
import cnn.network.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HDF5 file with the datasets {@code features} (float32, a row for each input), {@code inputs} and {@code labels}
 * (strings of fixed length, UTF-8, filled up with NUL).
 *
 * <p>The features come first and are contiguous, so they are written as they come; all that tells their number is written
 * behind them, and the superblock that points there at the very end.
 */
final class Hdf5Features implements FeatureWriter {
    private final ReportSink sink;
    private final Shape shape;
    private final FloatRow floats;
    private final SpilledStrings inputs;
    private final SpilledStrings labels;
    private long position;
    private long rows;

    Hdf5Features(Path file, ReportSink sink, Shape shape) {
        this.sink = sink;
        this.shape = shape;
        this.floats = new FloatRow(Math.toIntExact(shape.elements()));
        this.inputs = new SpilledStrings(file);
        this.labels = new SpilledStrings(file);
        put(new byte[Hdf5Objects.SUPERBLOCK_BYTES]);
    }

    @Override
    public void row(FeatureRow row) {
        put(floats.of(row));
        inputs.add(row.input());
        labels.add(row.label());
        rows++;
    }

    @Override
    public void end() {
        long[] dimensions = new long[1 + shape.sizes().size()];
        dimensions[0] = rows;
        for (int i = 1; i < dimensions.length; i++) {
            dimensions[i] = shape.sizes().get(i - 1);
        }
        long start = Hdf5Objects.SUPERBLOCK_BYTES;
        byte[] features = Hdf5Objects.floats(dimensions, start, position - start);
        byte[] inputsDataset = strings(inputs);
        byte[] labelsDataset = strings(labels);
        Map<String, Long> places = new TreeMap<>();
        places.put("features", object(features));
        places.put("inputs", object(inputsDataset));
        places.put("labels", object(labelsDataset));
        long root = object(Hdf5Objects.group(places));
        sink.rewrite(0, Hdf5Objects.superblock(root, position));
    }

    @Override
    public void close() {
        inputs.close();
        labels.close();
    }

    /** Writes the strings and gives the header of their dataset. */
    private byte[] strings(SpilledStrings strings) {
        align();
        long start = position;
        int length = Math.max(1, strings.longestBytes());
        strings.forEach(bytes -> put(Arrays.copyOf(bytes, length)));
        return Hdf5Objects.dataset(Hdf5Objects.string(length), new long[] {rows}, start, rows * length);
    }

    /** Writes an object and gives its address. */
    private long object(byte[] bytes) {
        align();
        long address = position;
        put(bytes);
        return address;
    }

    private void align() {
        put(new byte[(int) (-position & 7)]);
    }

    private void put(byte[] bytes) {
        sink.write(bytes);
        position += bytes.length;
    }
}
