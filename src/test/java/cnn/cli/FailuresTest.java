package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    private static final String TOO_MANY = "Too many open files";

    static Stream<Throwable> whatTheMachineLacks() {
        FileSystemException handles = new FileSystemException("a.jpg", null, TOO_MANY);
        return Stream.of(
                new OutOfMemoryError("Java heap space"),
                new IllegalStateException("preparing an image failed", new OutOfMemoryError("Java heap space")),
                new StackOverflowError(),
                new UnsatisfiedLinkError("no jnidnnl in java.library.path"),
                new NoClassDefFoundError("Could not initialize class org.bytedeco.dnnl.global.dnnl"),
                new ExceptionInInitializerError(
                        new UnsatisfiedLinkError("/home/x/libgomp.so: No space left on device")),
                new UncheckedIOException(handles),
                UserError.data("cannot read the data set x: " + TOO_MANY, handles),
                UserError.usage("cannot use the cache x: " + TOO_MANY, handles),
                new UncheckedIOException(new IOException("/x/y (" + TOO_MANY + ")")));
    }

    @ParameterizedTest
    @MethodSource("whatTheMachineLacks")
    void isOneLineAndExitCodeFour(Throwable failure) {
        StringWriter err = new StringWriter();
        assertThat(Failures.report(failure, new PrintWriter(err, true))).isEqualTo(4);
        assertThat(err.toString()).startsWith("cnn: ").hasLineCount(1);
    }

    @Test
    void aFullDiskIsOneLineAndExitCodeThree() {
        FileSystemException full = new FileSystemException("rows.csv", null, "No space left on device");
        for (Throwable failure :
                List.of(new UncheckedIOException(full), UserError.data("cannot write rows.csv", full))) {
            StringWriter err = new StringWriter();
            assertThat(Failures.report(failure, new PrintWriter(err, true))).isEqualTo(3);
            assertThat(err.toString()).contains("rows.csv").hasLineCount(1);
        }
    }

    @Test
    void anythingElseIsABugWithItsTrace() {
        for (Throwable failure : List.of(new IllegalStateException("no"), new AssertionError("never"))) {
            StringWriter err = new StringWriter();
            assertThat(Failures.report(failure, new PrintWriter(err, true))).isEqualTo(70);
            assertThat(err.toString()).startsWith("cnn: a bug in the tool").contains("\tat ");
        }
    }
}
