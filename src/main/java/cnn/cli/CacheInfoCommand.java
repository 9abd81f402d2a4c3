package cnn.cli;

import cnn.Counted;
import cnn.cache.FeatureCache;
import cnn.report.OneLine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cnn cache info}. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show where the cache is, how much is in it, and how old the oldest of it is.",
        footerHeading = "Examples:%n",
        footer = {"  cnn cache info", "  cnn cache info --cache-dir /fast/cache", ""})
final class CacheInfoCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    private final Main.Streams streams;

    @Mixin
    private CachePlace place;

    CacheInfoCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Path directory = place.directory();
        try (FeatureCache cache = place.open()) {
            FeatureCache.Info info = cache.info();
            line("directory", "%s", OneLine.of(directory.toString()));
            line("features", "%s, %,.1f MB", Counted.of(info.features(), "image"), info.featureBytes() / MEGABYTE);
            line("file hashes", "%s, %,.1f MB", Counted.of(info.files(), "file"), info.fileBytes() / MEGABYTE);
            info.leastRecentUse().ifPresent(use -> line("last use of the oldest", use.toString()));
            return 0;
        }
    }

    private void line(String name, String format, Object... values) {
        Lines.print(streams.out(), "%-24s%s".formatted(name, String.format(Locale.ROOT, format, values)));
    }
}
