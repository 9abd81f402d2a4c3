package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineOptionsTest {
    private static final String PICTURE = "sample-images/airliner.jpg";

    @TempDir
    private Path folder;

    @Test
    void bothEnginesGiveTheSameAnswers() {
        String oneDnn = classified("onednn").out();
        assertThat(oneDnn).startsWith(PICTURE + ": airplane (");
        assertThat(classified("dl4j").out()).isEqualTo(oneDnn);
        assertThat(classified("dl4j").err()).isEmpty();
    }

    @Test
    void featuresOfOneEngineAreNotTakenForThoseOfTheOther() {
        String cache = folder.resolve("cache").toString();
        for (String engine : List.of("onednn", "dl4j")) {
            for (String wanted : List.of("1 computed", "0 computed")) {
                Transcript run = Transcript.of(
                        "extract-features",
                        "--verbose",
                        "-m",
                        "cifar10",
                        "--layer",
                        "global_average_pooling2d",
                        "--cache-dir",
                        cache,
                        "--engine",
                        engine,
                        "-o",
                        folder.resolve("features.csv").toString(),
                        PICTURE);
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.err()).as("%s", engine).contains(wanted);
            }
        }
    }

    @Test
    void refusesWhatTheEngineCannotCompute() {
        Transcript bf16 =
                Transcript.of("classify", "-m", "cifar10", "--engine", "dl4j", "--precision", "bf16", PICTURE);
        assertThat(bf16.exitCode()).isEqualTo(2);
        assertThat(bf16.err()).isEqualTo("cnn: Deeplearning4j computes in fp32 only, not in bf16\n");
        Transcript unknown = Transcript.of("classify", "-m", "cifar10", "--engine", "tpu", PICTURE);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("no engine 'tpu'; there are onednn, dl4j");
    }

    private static Transcript classified(String engine) {
        return Transcript.of("classify", "-m", "cifar10", "-k", "3", "--engine", engine, PICTURE);
    }
}
