package cnn.keras;

import cnn.UserError;
import io.jhdf.AbstractNode;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataTypeMessage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;

/** The numbers of an HDF5 file's datasets, no more of which are believed than a file of its size can hold. */
final class Hdf5Values {
    /** Weights hardly compress; nothing that is one file's is so much larger than the file. */
    private static final int MOST_COMPRESSION = 100;

    private final Path path;
    private final FileChannel channel;
    private final long userBlock;
    private final long fileBytes;
    private long claimedBytes;

    /** @param userBlock bytes before the place that addresses count from */
    Hdf5Values(Path path, FileChannel channel, long userBlock) throws IOException {
        this.path = path;
        this.channel = channel;
        this.userBlock = userBlock;
        this.fileBytes = channel.size();
    }

    /**
     * Adds a dataset to those that are to be read, before any of them is.
     *
     * @throws UserError if it does not lie in the file, or all of them are more than 100 times as large as the file
     */
    void checkPlausible(Dataset dataset) {
        boolean typeElsewhere = dataset instanceof AbstractNode node
                && node.getHeader().getMessageOfType(DataTypeMessage.class).isMessageShared();
        if (typeElsewhere) {
            throw UserError.weights("%s: dataset %s has a type that is kept apart from it, which is not read here; "
                            .formatted(path, dataset.getPath())
                    + "write plain datasets, as model.save() does");
        }
        long bytes = dataset.getSizeInBytes();
        if (bytes < 0) {
            throw UserError.weights("%s: damaged: dataset %s claims a size below 0".formatted(path, dataset.getPath()));
        }
        if (dataset instanceof ContiguousDataset contiguous) {
            start(contiguous, bytes);
        }
        claim(dataset, bytes);
        if (dataset instanceof ChunkedDataset chunked) {
            long chunk =
                    Arrays.stream(chunked.getChunkDimensions()).asLongStream().reduce(1, Math::multiplyExact);
            claim(dataset, Math.multiplyExact(chunk, dataset.getDataType().getSize()));
        }
    }

    /** The values of a dataset as float32, mapped where the file holds them so. */
    FloatBuffer floats(Dataset dataset) {
        boolean plain = dataset instanceof ContiguousDataset
                && dataset.getDataType() instanceof FloatingPoint type
                && type.getSize() == Float.BYTES
                && type.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
        return plain ? map((ContiguousDataset) dataset) : read(dataset);
    }

    private void claim(Dataset dataset, long bytes) {
        claimedBytes = Math.addExact(claimedBytes, bytes);
        if (claimedBytes / MOST_COMPRESSION > fileBytes) {
            throw UserError.weights("%s: damaged: dataset %s claims %,d bytes, which a file of %,d bytes cannot hold"
                    .formatted(path, dataset.getPath(), bytes, fileBytes));
        }
    }

    /** Where a dataset begins in the file. */
    private long start(ContiguousDataset dataset, long bytes) {
        long start = userBlock + dataset.getDataAddress();
        if (start < userBlock || start > fileBytes - bytes) {
            throw UserError.weights(
                    "%s: torn: dataset %s ends beyond the end of the file".formatted(path, dataset.getPath()));
        }
        return start;
    }

    private FloatBuffer map(ContiguousDataset dataset) {
        long bytes = dataset.getSizeInBytes();
        try {
            return channel.map(MapMode.READ_ONLY, start(dataset, bytes), bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        } catch (IOException e) {
            throw UserError.weights("%s: cannot be read (%s)".formatted(path, e), e);
        }
    }

    private FloatBuffer read(Dataset dataset) {
        Object flat = dataset.getDataFlat();
        if (flat instanceof float[] values) {
            return FloatBuffer.wrap(values);
        }
        if (flat instanceof double[] values) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            return FloatBuffer.wrap(narrow);
        }
        throw UserError.weights("%s: dataset %s holds no floating-point numbers".formatted(path, dataset.getPath()));
    }
}
