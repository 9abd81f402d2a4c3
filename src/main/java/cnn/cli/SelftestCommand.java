package cnn.cli;

import cnn.report.SelfTestReport;
import cnn.selftest.SelfTest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cnn selftest}: whether this build computes rightly on this machine. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Check that this build computes rightly on this machine: a few seconds, without weights, images or network.",
            "",
            "Small pictures are decoded and resized and compared with Pillow's pixels; small networks of every kind of layer, and "
                    + "the probabilities of the bundled cifar10 network, with sums in double precision; the kernels of int8 with sums of "
                    + "whole numbers, to the last bit. A line for each check says how many cases there were, the worst difference and "
                    + "the largest that is right: levels of 0 to 255 for pixels, for layers a share of the largest number. Without int8 "
                    + "arithmetic in the processor its checks are skipped.",
            "",
            "Ends with PASS, or with FAIL and exit code 1.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn selftest",
            "  cnn selftest -f json               for a bug report, or in a build",
            "  cnn --version",
            ""
        })
final class SelftestCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final double NANOS = 1e9;

    private final Main.Streams streams;

    @Mixin
    private TableOptions table;

    SelftestCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        SelfTestReport report = new SelfTestReport(SelfTest.run(), (System.nanoTime() - start) / NANOS);
        table.print(streams.out(), report::as);
        return report.passed() ? 0 : FAILED;
    }
}
