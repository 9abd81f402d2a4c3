package cnn.parquet;

import cnn.IoReason;
import cnn.UserError;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a table row by row, one row group in memory.
 *
 * <p>The library's own {@code ParquetFileReader} needs classes of Hadoop.
 */
final class TableReader implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;

    private final Path path;
    private final FileChannel channel;
    private final ParquetMetadata metadata;

    private TableReader(Path path, FileChannel channel, ParquetMetadata metadata) {
        this.path = path;
        this.channel = channel;
        this.metadata = metadata;
    }

    /** @throws UserError if it cannot be read, or is no Parquet */
    static TableReader open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                return new TableReader(path, channel, metadata(path, channel));
            } catch (UserError e) {
                channel.close();
                throw e;
            }
        } catch (IOException | ParquetRuntimeException e) {
            throw cannotRead(path, e);
        }
    }

    Path path() {
        return path;
    }

    MessageType schema() {
        return metadata.getFileMetaData().getSchema();
    }

    /** What is kept about the table, by name. */
    Map<String, String> facts() {
        return metadata.getFileMetaData().getKeyValueMetaData();
    }

    /** How many rows each has. */
    List<Long> rowGroups() {
        return metadata.getBlocks().stream().map(BlockMetaData::getRowCount).toList();
    }

    /** Gives all rows, in their order. */
    void forEach(Consumer<Group> row) {
        for (BlockMetaData block : metadata.getBlocks()) {
            try {
                RecordReader<Group> rows = new ColumnIOFactory()
                        .getColumnIO(schema())
                        .getRecordReader(new RowGroupPages(channel, block), new GroupRecordConverter(schema()));
                for (long i = 0; i < block.getRowCount(); i++) {
                    row.accept(rows.read());
                }
            } catch (ParquetRuntimeException e) {
                throw cannotRead(path, e);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotRead(path, e);
        }
    }

    /** The last bytes: the metadata, its length, a magic number. */
    private static ParquetMetadata metadata(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        byte[] magic = size < TAIL_BYTES ? new byte[0] : bytes(channel, size - MAGIC.length, MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw UserError.data(path + " is no Parquet file");
        }
        int length = ByteBuffer.wrap(bytes(channel, size - TAIL_BYTES, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (length < 0 || length > size - TAIL_BYTES) {
            throw UserError.data(path + " is damaged: its metadata are said to be longer than the file");
        }
        byte[] footer = bytes(channel, size - TAIL_BYTES - length, length);
        return new ParquetMetadataConverter()
                .readParquetMetadata(new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
    }

    static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
        return bytes.array();
    }

    private static UserError cannotRead(Path path, Exception why) {
        String reason = why instanceof IOException io ? IoReason.of(io) : why.getMessage();
        return UserError.data("cannot read %s: %s".formatted(path, reason), why);
    }
}
