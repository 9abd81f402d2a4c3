package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.advise.Advice;
import cnn.advise.Candidate;
import cnn.advise.Quadrant;
import cnn.advise.Trial;
import cnn.linear.LinearProbe;
import cnn.metrics.Interval;
import cnn.metrics.PairedDifference;
import cnn.model.ModelRequest;
import cnn.report.AdviceReport;
import cnn.report.Format;
import cnn.train.FineTuning;
import cnn.train.Unfreezing;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What follows where a trial has shown that fine-tuning pays. */
class AdvisedFineTuningTest {
    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private Path data;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();
    private final Main.Streams streams =
            new Main.Streams(InputStream.nullInputStream(), out, new PrintWriter(err, true), Terminal.NONE);

    @BeforeEach
    void makePictures() throws IOException {
        data = TrainingPictures.in(folder.resolve("data"), 10);
    }

    @Test
    void theProposedLineTrainsAHeadAndGoesOnFromIt() throws IOException {
        ParseResult typed = Commands.all(streams)
                .parseArgs("advise", data.toString(), "--seed", "7", "--no-cache", "-m", "cifar10")
                .subcommand();
        Advice advice = advice(true);
        String line = new ProposedLine(typed, data).words(advice);
        String[] commands = line.split(" && ");
        assertThat(commands).hasSize(2);
        assertThat(commands[0])
                .isEqualTo("cnn train %s -m cifar10 --layer activation_3 --seed 7 --no-cache -o data-head.zip"
                        .formatted(data));
        assertThat(commands[1])
                .isEqualTo(("cnn finetune %s --from data-head.zip --unfreeze all --optimizer adam --schedule cosine "
                                + "--finetune-epochs 1 --finetune-learning-rate 0.0001 --seed 7 --no-cache -o data.zip")
                        .formatted(data));
        Map<String, Object> last = Map.of();
        for (String command : commands) {
            String[] words = Arrays.stream(command.split(" "))
                    .skip(1)
                    .map(word -> word.endsWith(".zip") ? folder.resolve(word).toString() : word)
                    .toArray(String[]::new);
            Transcript run = Transcript.of(words);
            assertThat(run.exitCode()).as(run.err()).isZero();
            last = JSON.std.mapFrom(run.out());
        }
        assertThat(last).containsEntry("complete", true).containsKey("improved");
        assertThat(new AdviceReport(advice, line).as(Format.TEXT))
                .contains("\nfine-tuning   pays (all layers, 1 epoch at 0.0001): +0.2000 ")
                .endsWith("\n\n" + line + "\n");
    }

    @Test
    void autoDoesBothAndLeavesOneModel() throws IOException {
        Path model = folder.resolve("auto.zip");
        assertThat(follow(model, 1000)).isZero();
        assertThat(JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8)))
                .containsEntry("model", model.toString())
                .containsEntry("complete", true)
                .hasEntrySatisfying("auto", why -> assertThat(why.toString())
                        .contains("; fine-tuning pays (all layers, 1 epoch at"));
        assertThat(Transcript.of("summary", "-m", model.toString()).out()).contains("Trained: all layers");
    }

    @Test
    void autoLeavesFineTuningOutWhereItDoesNotFit() throws IOException {
        assertThat(follow(folder.resolve("auto.zip"), 2)).isZero();
        assertThat(err.toString())
                .contains("cnn: fine-tuning does not fit into --budget: it would take 20 s, and 2 s are left\n");
        assertThat(JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8)))
                .containsEntry("solver", "lbfgs")
                .hasEntrySatisfying("auto", why -> assertThat(why.toString()).endsWith("; a linear head alone"));
    }

    @Test
    void withoutAGainThatIsSureNothingIsFineTuned() {
        assertThat(advice(true).trial().pays()).isTrue();
        assertThat(advice(false).trial().pays()).isFalse();
    }

    private int follow(Path model, double seconds) {
        TrainCommand command = new TrainCommand(streams);
        new CommandLine(command, new CommandFactory(streams))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(data.toString(), "--auto", "--no-cache", "-o", model.toString());
        return new AutoTraining(command.job(), command.request(), Duration.ofMinutes(1))
                .follow(advice(true), seconds, streams);
    }

    /** @param sure whether fine-tuning gains eight of forty images, or one */
    private static Advice advice(boolean sure) {
        boolean[] before = new boolean[IMAGES];
        boolean[] after = new boolean[IMAGES];
        Arrays.fill(after, 0, sure ? 8 : 1, true);
        PairedDifference gain = PairedDifference.of(before, after, 1);
        Trial trial = new Trial(
                new FineTuning(new Unfreezing("all"), 1, 1e-4, 1, false),
                IMAGES,
                Optional.of(new Trial.Judged(IMAGES, 0, gain)),
                10,
                20);
        BitSet all = new BitSet();
        all.set(0, IMAGES);
        Candidate candidate = new Candidate(
                new ModelRequest("cifar10", Optional.empty(), false, 42, Optional.empty()),
                "activation_3",
                false,
                128,
                1000,
                new LinearProbe.Result(0.1, 1, new Interval(0.9, 1), 0.1, all, all, new double[IMAGES]),
                0,
                OptionalDouble.empty(),
                0.01,
                1,
                1);
        Quadrant quadrant = new Quadrant(IMAGES, 20, OptionalDouble.empty(), Optional.empty(), Optional.empty());
        return new Advice(
                List.of("left", "right"),
                List.of(20L, 20L),
                IMAGES,
                List.of(candidate),
                candidate,
                Optional.empty(),
                quadrant,
                trial,
                List.of(),
                3);
    }
}
