package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportSinkTest {
    @TempDir
    private Path folder;

    @Test
    void leavesTheOldFileUntilTheNewOneIsComplete() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "old");
        try (ReportSink sink = open(file)) {
            sink.write("new".getBytes(StandardCharsets.UTF_8));
            sink.flush();
            assertThat(file).hasContent("old");
        }
        assertThat(file).hasContent("old");
        try (ReportSink sink = open(file)) {
            sink.write("new".getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
        assertThat(file).hasContent("new");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leavesStreamsWhatTheyAre() throws IOException {
        ByteArrayOutputStream standardOutput = new ByteArrayOutputStream();
        try (ReportSink sink = ReportSink.open(Optional.of(Path.of("/dev/stdout")), standardOutput)) {
            sink.write("rows".getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
        assertThat(standardOutput).hasToString("rows");
        try (ReportSink sink = open(Path.of("/dev/null"))) {
            sink.write("rows".getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    /** Which decides the exit code, if the machine lacks something. */
    @Test
    void tellsTheCauseWhereItCannotWrite() {
        assertThatThrownBy(() -> open(folder.resolve("missing/rows.csv")))
                .isInstanceOf(UserError.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void endsQuietlyWhenTheReaderGoesAway() {
        try (ReportSink sink = ReportSink.open(Optional.empty(), failing("Broken pipe"))) {
            sink.write(new byte[10]);
            assertThat(sink.isAbandoned()).isFalse();
            sink.flush();
            assertThat(sink.isAbandoned()).isTrue();
            sink.write(new byte[1 << 20]);
            sink.commit();
        }
    }

    @Test
    void saysWhenStandardOutputIsFull() {
        try (ReportSink sink = ReportSink.open(Optional.empty(), failing("No space left on device"))) {
            sink.write(new byte[10]);
            assertThatThrownBy(sink::flush)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("No space left on device");
        }
    }

    private static ReportSink open(Path file) {
        return ReportSink.open(Optional.of(file), OutputStream.nullOutputStream());
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
