package cnn.report;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.FileNames;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Any number of strings in a temporary file beside an output, to be read once they are complete. The file loses its name as
 * soon as it is open, where the system allows that, so that even a killed process leaves none.
 */
final class SpilledStrings implements AutoCloseable {
    private final Path output;
    private final FileChannel channel;
    private final DataOutputStream stream;
    private int longestBytes;
    private long count;

    /**
     * Opens an empty list.
     *
     * @param output beside which the file lies
     * @throws UserError if it cannot be made
     */
    SpilledStrings(Path output) {
        this.output = output;
        try {
            channel = FileChannel.open(
                    output.resolveSibling("." + output.getFileName() + "." + UUID.randomUUID() + ".part"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            stream = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    void add(String text) {
        byte[] bytes = FileNames.visible(text).getBytes(StandardCharsets.UTF_8);
        longestBytes = Math.max(longestBytes, bytes.length);
        count++;
        try {
            stream.writeInt(bytes.length);
            stream.write(bytes);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** The length of the longest string in UTF-8; 0 if there is none. */
    int longestBytes() {
        return longestBytes;
    }

    /** All strings in their order, in UTF-8; none can be added any more. */
    void forEach(Consumer<byte[]> consumer) {
        try {
            stream.flush();
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel.position(0))));
            for (long i = 0; i < count; i++) {
                consumer.accept(in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private UserError cannotWrite(IOException e) {
        return UserError.data("cannot write beside " + output + ": " + IoReason.of(e), e);
    }
}
