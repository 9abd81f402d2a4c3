package cnn.keras;

import cnn.IoReason;
import cnn.UserError;
import cnn.network.Shape;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An HDF5 file of features that this tool wrote, read row by row: the datasets {@code features}, {@code inputs}, {@code labels}. */
public final class FeatureFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final long start;
    private final int[] dimensions;
    private final String[] inputs;
    private final String[] labels;
    private final ByteBuffer row;

    private FeatureFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        try (Hdf5File hdf = Hdf5File.open(path, Hdf5Bytes.file(channel))) {
            Dataset features = dataset(hdf, "features");
            hdf.checkPlausible(features);
            this.dimensions = features.getDimensions();
            this.start = ((ContiguousDataset) features).getDataAddress();
            this.inputs = strings(hdf, "inputs");
            this.labels = strings(hdf, "labels");
        }
        int rowBytes = Math.toIntExact(shape().elements() * Float.BYTES);
        this.row = ByteBuffer.allocate(rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Opens a file.
     *
     * @throws UserError if it is none of this tool's, or damaged
     */
    public static FeatureFile open(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path);
            FileChannel opened = channel;
            return Hdf5File.guarded(path, () -> {
                try {
                    return new FeatureFile(path, opened);
                } catch (IOException e) {
                    throw cannotRead(path, e);
                }
            });
        } catch (IOException e) {
            throw cannotRead(path, e);
        } catch (UserError e) {
            close(path, channel);
            throw e;
        }
    }

    /** The shape of one row. */
    public Shape shape() {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i < dimensions.length; i++) {
            sizes.add(dimensions[i]);
        }
        return new Shape(sizes);
    }

    public int rows() {
        return dimensions[0];
    }

    public String input(int index) {
        return inputs[index];
    }

    public String label(int index) {
        return labels[index];
    }

    /** The numbers of a row. */
    public float[] features(int index) {
        float[] values = new float[row.capacity() / Float.BYTES];
        row.clear();
        try {
            while (row.hasRemaining()) {
                if (channel.read(row, start + (long) index * row.capacity() + row.position()) < 0) {
                    throw new EOFException("the file ends too early");
                }
            }
        } catch (IOException e) {
            throw cannotRead(path, e);
        }
        row.flip().asFloatBuffer().get(values);
        return values;
    }

    @Override
    public void close() {
        close(path, channel);
    }

    private String[] strings(Hdf5File hdf, String name) {
        Dataset strings = dataset(hdf, name);
        hdf.checkPlausible(strings);
        Object data = strings.getData();
        if (data instanceof String[] found && found.length == rows()) {
            return found;
        }
        throw UserError.data("%s: dataset %s has not a text for each row".formatted(path, name));
    }

    private Dataset dataset(Hdf5File hdf, String name) {
        return hdf.find(hdf.root(), name)
                .filter(ContiguousDataset.class::isInstance)
                .map(Dataset.class::cast)
                .orElseThrow(() -> UserError.data("%s holds no features: no dataset %s".formatted(path, name)));
    }

    private static void close(Path path, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotRead(path, e);
        }
    }

    private static UserError cannotRead(Path path, IOException why) {
        return UserError.data("cannot read %s: %s".formatted(path, IoReason.of(why)), why);
    }
}
