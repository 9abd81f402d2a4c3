package cnn.cli;

import picocli.CommandLine.Command;

/** The command itself, which does nothing; {@link Commands} are its subcommands. */
@Command(
        name = "cnn",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Image classification and transfer learning with the networks that Keras published.",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "@NAME stands for the words of an option file: of that path, or config/NAME.args beside the tool. What "
                        + "the command line gives counts more, wherever it stands.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  cnn classify dog.jpg                        what is on this picture?",
            "  cnn classify -m resnet50 -f jsonl photos/   a row for every picture of a folder",
            "  cnn extract-features -o f.npy photos/       numbers that say what is on them, kept in a cache",
            "  cnn evaluate -m mine.zip data/              how good is it, class by class?",
            "  cnn advise photos/                          what is to be trained on these, by measurement?",
            "  cnn train photos/ -o mine.zip               your own classes, a folder each",
            "  cnn summary -m vgg16                        layers, parameters, multiply-adds",
            "  cnn export pets.zip --to h5 -o pets.h5      what was trained, as a Keras file",
            "  cnn quantize photos/                        makes --precision int8 possible, and tells its price",
            "  cnn models list                             the networks, and which weights are here",
            ""
        },
        commandListHeading = "%nCommands (each has --help):%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some inputs failed, and every input has its row; or evaluate --assert-accuracy is not met, or selftest or reproduce fails",
            "2:bad usage",
            "3:bad data, or an output that cannot be written",
            "4:weights missing, corrupt or unsuited, no usable device, or not enough memory or open files",
            "70:a bug in the tool",
            "130:interrupted (Ctrl-C)"
        })
final class CnnCommand {}
