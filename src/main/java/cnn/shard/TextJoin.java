package cnn.shard;

import cnn.report.ReportSink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts texts together that each have the same beginning and end around their rows.
 *
 * @param headLines lines before the first row
 * @param head bytes before the first row, beside these lines
 * @param between two rows of different shards
 * @param tail what stands behind the last row
 */
record TextJoin(int headLines, String head, String between, String tail) {
    private static final int BLOCK = 1 << 16;

    static TextJoin lines() {
        return new TextJoin(0, "", "", "");
    }

    static TextJoin csv() {
        return new TextJoin(1, "", "", "");
    }

    static TextJoin jsonArray() {
        return new TextJoin(0, "[", ",", "\n]\n");
    }

    void join(List<Path> files, ReportSink sink) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            try (FileChannel file = FileChannel.open(files.get(i))) {
                long rows = head.length() + headBytes(file);
                if (i == 0) {
                    copy(file, 0, rows, sink);
                } else if (file.size() - tail.length() > rows) {
                    sink.write(bytes(between));
                }
                copy(file, rows, file.size() - tail.length(), sink);
            }
        }
        sink.write(bytes(tail));
    }

    private long headBytes(FileChannel file) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(BLOCK);
        int lines = 0;
        long position = 0;
        while (lines < headLines) {
            if (file.read(one.clear(), position) < 0) {
                throw new EOFException("no first line");
            }
            one.flip();
            while (one.hasRemaining() && lines < headLines) {
                lines += one.get() == '\n' ? 1 : 0;
                position++;
            }
        }
        return position;
    }

    /** Copies the bytes from one place to another. */
    static void copy(FileChannel file, long from, long to, ReportSink sink) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long position = from; position < to; position += block.limit()) {
            block.clear().limit((int) Math.min(BLOCK, to - position));
            if (file.read(block, position) < 0) {
                throw new EOFException("the file became shorter");
            }
            block.flip();
            byte[] bytes = new byte[block.limit()];
            block.get(bytes);
            sink.write(bytes);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
