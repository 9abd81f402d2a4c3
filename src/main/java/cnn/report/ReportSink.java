package cnn.report;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.PartFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Where results go: standard output, or a file that appears only when it is complete.
 *
 * <p>A file is written under a temporary name beside its place and moved there by {@link #commit}; closing without that
 * leaves nothing behind. A reader who goes away ({@code | head}) is no error: see {@link #isAbandoned}.
 */
public final class ReportSink implements AutoCloseable {
    private static final Set<String> STANDARD_OUTPUT = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

    private final OutputStream stream;
    private final Optional<Path> target;
    private final Optional<PartFile> temporary;
    private final boolean lasting;
    private boolean abandoned;

    private ReportSink(OutputStream stream, Optional<Path> target, Optional<PartFile> temporary, boolean lasting) {
        this.stream = new BufferedOutputStream(stream, 1 << 16);
        this.target = target;
        this.temporary = temporary;
        this.lasting = lasting;
    }

    /**
     * @param file absent for standard output
     * @throws UserError if the file cannot be written
     */
    public static ReportSink open(Optional<Path> file, OutputStream standardOutput) {
        return file.filter(path -> !STANDARD_OUTPUT.contains(path.toString()))
                .map(path -> open(path, false))
                .orElseGet(() -> new ReportSink(standardOutput, Optional.empty(), Optional.empty(), false));
    }

    /**
     * As {@link #open}, but a plain file grows under the name {@code FILE.part}, and closing leaves that as it is, to be gone
     * on with or deleted.
     */
    static ReportSink openLasting(Optional<Path> file, OutputStream standardOutput) {
        return file.filter(path -> !STANDARD_OUTPUT.contains(path.toString()))
                .map(path -> open(path, true))
                .orElseGet(() -> open(Optional.empty(), standardOutput));
    }

    private static ReportSink open(Path target, boolean lasting) {
        try {
            if (Files.isDirectory(target)) {
                throw UserError.usage("cannot write " + target + ": it is a folder");
            }
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw UserError.usage("cannot write " + target + ": permission denied");
            }
            if (isStream(target)) {
                OutputStream stream =
                        Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                return new ReportSink(stream, Optional.of(target), Optional.empty(), false);
            }
            PartFile temporary = lasting ? lastingPart(target) : PartFile.beside(target);
            OutputStream stream = Channels.newOutputStream(temporary.channel());
            return new ReportSink(stream, Optional.of(target), Optional.of(temporary), lasting);
        } catch (IOException e) {
            throw UserError.usage("cannot write " + target + ": " + IoReason.of(e), e);
        }
    }

    /** Where a lasting file grows. */
    static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    private static PartFile lastingPart(Path target) throws IOException {
        Path part = part(target);
        return PartFile.lasting(part)
                .orElseThrow(
                        () -> UserError.usage("cannot write %s: another process is at %s".formatted(target, part)));
    }

    /** Whether bytes go to something that is there, such as a pipe, a device or an open file, and not to a new file. */
    public static boolean isStream(Path target) {
        Path place = target.toAbsolutePath();
        return Files.exists(target)
                && (!Files.isRegularFile(target) || place.startsWith("/dev/fd") || place.startsWith("/proc"));
    }

    /** Whether the bytes are in a plain file of that name at the end, and not in what standard output, or another stream, is. */
    public static boolean isPlainFile(Path target) {
        return !STANDARD_OUTPUT.contains(target.toString()) && !isStream(target);
    }

    /** Bytes are kept back until {@link #flush}. */
    public void write(byte[] bytes) {
        guarded(() -> stream.write(bytes));
    }

    /** The same as a stream, which does nothing when it is closed. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                guarded(() -> stream.write(value));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                guarded(() -> stream.write(bytes, offset, length));
            }
        };
    }

    /**
     * Replaces bytes that were written before.
     *
     * @throws UserError if this is no file that can be written anywhere, such as a pipe
     */
    void rewrite(long position, byte[] bytes) {
        if (temporary.isEmpty()) {
            throw UserError.usage("this format can only be written to a plain file");
        }
        flush();
        guarded(() -> {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                temporary.get().channel().write(rest, position + rest.position());
            }
        });
    }

    /** The file {@code FILE.part} if there is one, see {@link #openLasting}. */
    Optional<PartFile> lasting() {
        return temporary.filter(part -> lasting);
    }

    /** Hands on what was written, so that a reader sees it. */
    public void flush() {
        guarded(stream::flush);
    }

    /** Whether the reader of standard output has gone away; nothing more needs to be written then. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** Makes the file appear under its name. */
    public void commit() {
        flush();
        if (temporary.isPresent()) {
            try {
                temporary.get().moveTo(target.orElseThrow());
                stream.close();
            } catch (IOException e) {
                throw cannotWrite(e);
            }
        }
    }

    @Override
    public void close() {
        if (target.isPresent()) {
            try {
                stream.close();
                if (temporary.isPresent() && !lasting) {
                    temporary.get().close();
                }
            } catch (IOException e) {
                throw cannotWrite(e);
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void guarded(Writing writing) {
        if (abandoned) {
            return;
        }
        try {
            writing.run();
        } catch (IOException e) {
            if (target.isPresent()) {
                throw cannotWrite(e);
            }
            if (!isBrokenPipe(e)) {
                throw UserError.data("cannot write to standard output: " + IoReason.of(e), e);
            }
            abandoned = true;
        }
    }

    private static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }

    private UserError cannotWrite(IOException e) {
        return UserError.data("cannot write %s: %s".formatted(target.orElseThrow(), IoReason.of(e)), e);
    }
}
