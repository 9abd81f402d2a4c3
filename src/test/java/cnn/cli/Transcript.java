package cnn.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What one run of the command said and how it ended. */
public record Transcript(int exitCode, String out, String err) {

    public static Transcript of(String... args) {
        return of(InputStream.nullInputStream(), args);
    }

    public static Transcript withInput(String standardInput, String... args) {
        return of(new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)), args);
    }

    /** What a person sees, and says nothing. */
    static Transcript onTerminal(Terminal terminal, String... args) {
        return of(InputStream.nullInputStream(), terminal, args);
    }

    private static Transcript of(InputStream in, String... args) {
        return of(in, Terminal.NONE, args);
    }

    private static Transcript of(InputStream in, Terminal terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(args, new Main.Streams(in, out, new PrintWriter(err, true), terminal));
        return new Transcript(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    public List<String> lines() {
        return out.lines().toList();
    }
}
