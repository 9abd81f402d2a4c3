package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The kind of processor that this runs on: on two of one kind oneDNN takes the same ways. */
public final class Processor {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final String NAME = "model name";

    private Processor() {}

    /** Its maker's name for it, and which instructions oneDNN uses of it. */
    public static String kind() {
        return "%s, instructions %x".formatted(name(), dnnl_get_effective_cpu_isa());
    }

    private static String name() {
        try (Stream<String> lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // no Linux
        }
    }
}
