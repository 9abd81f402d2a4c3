package cnn.weights;

import cnn.zoo.Zoo;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of its own that requires one weight file: arguments are the home, the file's name, its address. */
final class RequireOnce {
    private RequireOnce() {}

    public static void main(String[] args) {
        WeightStore store = WeightStore.of(
                Optional.empty(), false, Map.of(), Path.of(args[0]), Zoo.publishedWeights(), FetchListener.SILENT);
        System.out.print(store.require(new PublishedFile(args[1], URI.create(args[2]), List.of()))
                .sha256());
    }

    static Process start(Path home, String fileName, URI uri, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(jvmOptions));
        command.add("-cp");
        command.add(Path.of("target", "classes") + File.pathSeparator + Path.of("target", "test-classes"));
        command.addAll(List.of(RequireOnce.class.getName(), home.toString(), fileName, uri.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
