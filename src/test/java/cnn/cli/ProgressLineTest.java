package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Terminal PLAIN = terminal(80, Map.of("TERM", "xterm", "NO_COLOR", "1"));

    @Test
    void showsBarTotalRateAndTimeLeft() {
        ProgressLine line = ProgressLine.counted("", "image", 250, 1000, 92.4, "2 failed");
        assertThat(line.in(PLAIN))
                .isEqualTo("[####-------------]  25 %  250 of 1,000 images, 92 a second, 8 s left, 2 failed");
        assertThat(line.in(terminal(200, Map.of())))
                .isEqualTo("[\u001b[32m#####\u001b[0m---------------]  25 %  "
                        + "250 of 1,000 images, 92 a second, 8 s left, 2 failed");
        assertThat(line.plain()).isEqualTo("250 of 1,000 images, 92 a second, 8 s left, 2 failed");
        assertThat(ProgressLine.counted("", "image", 1, 0, 3, "").in(PLAIN)).isEqualTo("1 image, 3.0 a second");
        assertThat(ProgressLine.counted("", "image", 1, 20_000, 1, "").plain())
                .isEqualTo("1 of 20,000 images, 1.0 a second, 5 h 33 min left");
    }

    @Test
    void isNeverWiderThanTheTerminalNorSteersIt() {
        for (int columns = 20; columns < 200; columns++) {
            for (String what : new String[] {"", "a\u001b[31m\u202e", "x".repeat(90), "\ud83d\udc80".repeat(70)}) {
                String line = ProgressLine.counted(what, "image", 250, 1000, 92.4, "2 failed")
                        .in(terminal(columns, Map.of("NO_COLOR", "1")));
                assertThat(line.codePointCount(0, line.length())).isLessThan(columns);
                assertThat(line.chars()).noneMatch(Character::isISOControl).noneMatch(c -> c == 0x202e);
            }
        }
    }

    @Test
    void isShownOnTerminalsThatCanWriteOverALineOnly() {
        assertThat(shown(PLAIN)).isEqualTo("\r\u001b[Kepoch 1\r\u001b[K");
        assertThat(shown(terminal(80, Map.of("TERM", "dumb")))).isEmpty();
        assertThat(shown(Terminal.NONE)).isEmpty();
        assertThat(terminal(80, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(terminal(0, Map.of()).columns()).isEqualTo(80);
    }

    @Test
    void tellsHowFarADownloadIs() {
        StringWriter err = new StringWriter();
        Talk talk = new Talk(new PrintWriter(err), PLAIN, true, false, false);
        talk.progress("vgg16.h5", 30_000_000, 120_000_000);
        assertThat(err.toString())
                .startsWith("\r\u001b[Kdownloading vgg16.h5: [")
                .contains(" 25 %  30.0 of 120.0 MB")
                .doesNotContain("a second");
    }

    @Test
    void measuresWhatIsDoneSinceItWasFirstAsked() {
        AtomicLong nanos = new AtomicLong();
        Rate rate = new Rate(nanos::get);
        nanos.set(9_000_000_000L); // the start of all
        assertThat(rate.of(100)).isNaN(); // of an earlier run
        nanos.addAndGet(10_000_000);
        assertThat(rate.of(108)).isNaN();
        nanos.addAndGet(1_990_000_000);
        assertThat(rate.of(180)).isEqualTo(40);
        assertThat(ProgressLine.counted("", "image", 108, 180, Double.NaN, "").plain())
                .isEqualTo("108 of 180 images");
    }

    private static String shown(Terminal terminal) {
        StringWriter err = new StringWriter();
        Talk talk = new Talk(new PrintWriter(err), terminal, true, false, false);
        talk.show("epoch 1");
        talk.clear();
        return err.toString();
    }

    private static Terminal terminal(int columns, Map<String, String> environment) {
        return Terminal.of(true, true, columns, environment);
    }
}
