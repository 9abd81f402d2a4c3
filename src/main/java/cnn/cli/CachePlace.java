package cnn.cli;

import cnn.data.FeatureCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where computed features are kept. */
final class CachePlace {

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where features are kept (or environment CNN_CACHE). Default: ~/.cnn/cache.")
    private Path directory;

    Path directory() {
        if (directory != null) {
            return directory;
        }
        String variable = System.getenv("CNN_CACHE");
        return variable == null || variable.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cnn", "cache")
                : Path.of(variable);
    }

    /** The cache as it is: nothing is deleted to make room. */
    FeatureCache open() {
        return FeatureCache.open(directory(), Long.MAX_VALUE, false);
    }
}
