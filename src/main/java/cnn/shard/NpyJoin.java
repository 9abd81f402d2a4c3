package cnn.shard;

import cnn.UserError;
import cnn.report.ReportSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts .npy files together, and the csv beside each that names its rows. */
final class NpyJoin {
    private static final int PREAMBLE_BYTES = 10;
    private static final int LENGTH_AT = 8;
    private static final Pattern ROWS = Pattern.compile("(?<='shape': \\()\\d+");

    private NpyJoin() {}

    /** @param rows of all of them */
    static void join(List<Path> files, long rows, ReportSink sink) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            try (FileChannel file = FileChannel.open(files.get(i))) {
                byte[] head = head(file, files.get(i));
                if (i == 0) {
                    sink.write(of(head, rows));
                }
                TextJoin.copy(file, head.length, file.size(), sink);
            }
        }
    }

    /** The csv beside each, its rows counted on from one file to the next. */
    static void joinIndexes(List<Path> files, ReportSink sink) throws IOException {
        long row = 0;
        for (int i = 0; i < files.size(); i++) {
            try (BufferedReader lines = Files.newBufferedReader(files.get(i))) {
                String head = lines.readLine();
                if (i == 0) {
                    write(head, sink);
                }
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    write(row++ + line.substring(line.indexOf(',')), sink);
                }
            }
        }
    }

    private static void write(String line, ReportSink sink) {
        sink.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] head(FileChannel file, Path path) throws IOException {
        ByteBuffer preamble = ByteBuffer.allocate(PREAMBLE_BYTES);
        if (file.read(preamble, 0) < PREAMBLE_BYTES) {
            throw UserError.data(path + " is no .npy");
        }
        int length = (preamble.get(LENGTH_AT) & 0xff) | (preamble.get(LENGTH_AT + 1) & 0xff) << 8;
        ByteBuffer head = ByteBuffer.allocate(PREAMBLE_BYTES + length);
        if (file.read(head, 0) < head.capacity()) {
            throw UserError.data(path + " is no whole .npy");
        }
        return head.array();
    }

    /** A head of the same length with another number of rows: there is room for any. */
    private static byte[] of(byte[] head, long rows) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        Matcher found = ROWS.matcher(text);
        String counted = found.replaceFirst(String.valueOf(rows)).stripTrailing();
        return (counted + " ".repeat(head.length - counted.length() - 1) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
