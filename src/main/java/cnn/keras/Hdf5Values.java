package cnn.keras;

import cnn.UserError;
import io.jhdf.AbstractNode;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataTypeMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** The numbers of an HDF5 file's datasets, no more of which are believed than a file of its size can hold. */
final class Hdf5Values {
    /** Weights hardly compress; nothing that is one file's is so much larger than the file. */
    private static final int MOST_COMPRESSION = 100;

    private static final int BFLOAT16_EXPONENT_BITS = 8;

    private final Path path;
    private final Hdf5Bytes file;
    private final long userBlock;
    private long claimedBytes;

    /** @param userBlock bytes before the place that addresses count from */
    Hdf5Values(Path path, Hdf5Bytes file, long userBlock) {
        this.path = path;
        this.file = file;
        this.userBlock = userBlock;
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
        if (dataset instanceof ContiguousDataset contiguous) {
            DataType type = dataset.getDataType();
            if (type instanceof FloatingPoint number
                    && number.getSize() == Float.BYTES
                    && number.getByteOrder() == ByteOrder.LITTLE_ENDIAN) {
                return bytes(contiguous).asFloatBuffer();
            }
            if (isBfloat16(dataset)) {
                return upperHalves(bytes(contiguous).asShortBuffer());
            }
        }
        return read(dataset);
    }

    private void claim(Dataset dataset, long bytes) {
        claimedBytes = Math.addExact(claimedBytes, bytes);
        if (claimedBytes / MOST_COMPRESSION > file.size()) {
            throw UserError.weights("%s: damaged: dataset %s claims %,d bytes, which a file of %,d bytes cannot hold"
                    .formatted(path, dataset.getPath(), bytes, file.size()));
        }
    }

    /** Where a dataset begins in the file. */
    private long start(ContiguousDataset dataset, long bytes) {
        long start = userBlock + dataset.getDataAddress();
        if (start < userBlock || start > file.size() - bytes) {
            throw UserError.weights(
                    "%s: torn: dataset %s ends beyond the end of the file".formatted(path, dataset.getPath()));
        }
        return start;
    }

    private ByteBuffer bytes(ContiguousDataset dataset) {
        long bytes = dataset.getSizeInBytes();
        try {
            return file.slice(start(dataset, bytes), bytes);
        } catch (IOException e) {
            throw UserError.weights("%s: cannot be read (%s)".formatted(path, e), e);
        }
    }

    /** As Keras marks it where h5py has no such type: two bytes of no known meaning, and an attribute that says which. */
    private static boolean isBfloat16(Dataset dataset) {
        DataType type = dataset.getDataType();
        if (type.getSize() != Short.BYTES) {
            return false;
        }
        Attribute name = dataset.getAttribute("dtype");
        return type instanceof FloatingPoint number
                ? number.getExponentSize() == BFLOAT16_EXPONENT_BITS && number.getByteOrder() == ByteOrder.LITTLE_ENDIAN
                : name != null && "bfloat16".equals(name.getData());
    }

    /** A bfloat16 is the upper half of a float32. */
    private static FloatBuffer upperHalves(ShortBuffer halves) {
        float[] values = new float[halves.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(halves.get(i) << Short.SIZE);
        }
        return FloatBuffer.wrap(values);
    }

    private FloatBuffer read(Dataset dataset) {
        if (isBfloat16(dataset)) {
            throw UserError.weights("%s: dataset %s holds bfloat16 numbers in chunks, which is not read here"
                    .formatted(path, dataset.getPath()));
        }
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
        if (dataset.isScalar() && dataset.getData() instanceof Number number) {
            // What a Normalization counted, a whole number.
            return FloatBuffer.wrap(new float[] {number.floatValue()});
        }
        throw UserError.weights("%s: dataset %s holds no floating-point numbers".formatted(path, dataset.getPath()));
    }
}
