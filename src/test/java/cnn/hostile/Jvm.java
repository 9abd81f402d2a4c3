package cnn.hostile;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Child JVMs: the tool itself as its launcher starts it, or a class of the campaign with the same settings. */
final class Jvm {
    private Jvm() {}

    /** The command line of the tool: its jar, as people run it, where the property {@code cnn.jar} names one. */
    static List<String> tool(Path home, List<String> options, List<String> words) {
        String jar = System.getProperty("cnn.jar", "");
        if (jar.isEmpty()) {
            return command(home, options, "cnn.cli.Main", words);
        }
        List<String> command = flags(home, options);
        command.addAll(List.of("-jar", Path.of(jar).toAbsolutePath().toString()));
        command.addAll(words);
        return command;
    }

    static List<String> command(Path home, List<String> options, String main, List<String> words) {
        List<String> command = flags(home, options);
        command.addAll(List.of("-cp", absoluteClassPath(), main));
        command.addAll(words);
        return command;
    }

    private static List<String> flags(Path home, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Djava.awt.headless=true",
                "-Duser.home=" + home));
        for (String format : List.of("jpeg", "png", "gif")) {
            command.add("--add-exports=java.desktop/com.sun.imageio.plugins." + format + "=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        return command;
    }

    /** Children run in other folders. */
    private static String absoluteClassPath() {
        return String.join(
                File.pathSeparator,
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
