package cnn.cli;

import picocli.CommandLine.Command;

/** {@code cnn models}: the networks of the zoo and their weight files. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "List the networks, and bring, find and check their weights.",
        subcommands = {
            ModelsListCommand.class,
            ModelsPullCommand.class,
            ModelsPathCommand.class,
            ModelsVerifyCommand.class
        },
        footerHeading = "Examples:%n",
        footer = {"  cnn models list", "  cnn models pull vgg16", "  cnn models verify", ""})
final class ModelsCommand {}
