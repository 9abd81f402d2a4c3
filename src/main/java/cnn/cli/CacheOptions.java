package cnn.cli;

import cnn.cache.FeatureCache;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where computed features are kept. */
final class CacheOptions {

    @Mixin
    private CachePlace place;

    @Option(
            names = "--cache-limit",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Above this size what was used least recently is deleted, e.g. 500M or 20G. Default: 10G.")
    private Long limitBytes;

    @Option(names = "--no-cache", description = "Compute everything anew, and keep nothing.")
    private boolean noCache;

    @Option(
            names = "--verify-content",
            description = "Read every file to know whether it changed, whatever its size and time.")
    private boolean verifyContent;

    /** The cache, unless there is to be none. */
    Optional<FeatureCache> open(Talk talk) {
        return noCache ? Optional.empty() : place.openToAdd(limit(), verifyContent, talk);
    }

    private long limit() {
        return limitBytes == null ? FeatureCache.DEFAULT_LIMIT_BYTES : limitBytes;
    }
}
