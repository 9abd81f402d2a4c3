package cnn.cli;

import picocli.CommandLine.Command;

/** {@code cnn cache}: the features that have been computed. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show or clear the features that have been computed.",
        subcommands = {CacheInfoCommand.class, CacheClearCommand.class},
        footerHeading = "Examples:%n",
        footer = {"  cnn cache info", "  cnn cache clear", ""})
final class CacheCommand {}
