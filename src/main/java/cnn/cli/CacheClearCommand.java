package cnn.cli;

import cnn.Counted;
import cnn.cache.FeatureCache;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cnn cache clear}. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Delete all features that are kept. What runs meanwhile computes anew; nothing breaks.",
        footerHeading = "Examples:%n",
        footer = {"  cnn cache clear", ""})
final class CacheClearCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    private final Main.Streams streams;

    @Mixin
    private CachePlace place;

    CacheClearCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        try (FeatureCache cache = place.open()) {
            FeatureCache.Info info = cache.info();
            cache.clear();
            Lines.print(
                    streams.out(),
                    String.format(
                            Locale.ROOT,
                            "deleted the features of %s, %,.1f MB",
                            Counted.of(info.features(), "image"),
                            (info.featureBytes() + info.fileBytes()) / MEGABYTE));
            return 0;
        }
    }
}
