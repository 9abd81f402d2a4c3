package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.cache.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where computed features are kept. */
final class CachePlace {

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where features are kept (or environment CNN_CACHE). Default: ~/.cnn/cache.")
    private Path directory;

    Path directory() {
        return named().orElseGet(() -> Path.of(System.getProperty("user.home"), ".cnn", "cache"));
    }

    /** The cache as it is: nothing is deleted to make room. */
    FeatureCache open() {
        try {
            return FeatureCache.open(directory(), Long.MAX_VALUE, false, why -> {});
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The cache to be added to; none if it is in a home that cannot be written to, which {@code talk} tells. */
    Optional<FeatureCache> openToAdd(long limitBytes, boolean verifyContent, Talk talk) {
        try {
            return Optional.of(FeatureCache.open(directory(), limitBytes, verifyContent, talk::cannotKeep));
        } catch (IOException e) {
            if (named().isPresent()) {
                throw unusable(e);
            }
            talk.cannotKeep(e);
            return Optional.empty();
        }
    }

    private Optional<Path> named() {
        return Optional.ofNullable(directory).or(() -> Optional.ofNullable(System.getenv("CNN_CACHE"))
                .filter(variable -> !variable.isEmpty())
                .map(Path::of));
    }

    private UserError unusable(IOException e) {
        return UserError.usage(
                "cannot use the cache " + directory() + ": " + IoReason.of(e)
                        + "; name another with --cache-dir or CNN_CACHE, or go without: --no-cache",
                e);
    }
}
