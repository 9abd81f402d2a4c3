package cnn.classify;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.MeasuredSpeeds.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredSpeedsTest {

    @TempDir
    Path home;

    @Test
    void keepsTheNewestOfEachKind() throws IOException {
        MeasuredSpeeds.in(home).add(List.of(speed("vgg16", 2, 8, 20), speed("vgg16", 2, 1, 12)));
        MeasuredSpeeds.in(home).add(List.of(speed("resnet50", 2, 8, 53)));
        MeasuredSpeeds.in(home).add(List.of(speed("vgg16", 2, 8, 24.5)));
        MeasuredSpeeds known = MeasuredSpeeds.in(home);
        assertThat(known.of("vgg16", "224x224").orElseThrow().imagesPerSecond()).isEqualTo(24.5);
        assertThat(known.of("resnet50", "224x224").orElseThrow().imagesPerSecond())
                .isEqualTo(53);
        assertThat(known.of("vgg16", "96x96")).isEmpty();
        assertThat(home.resolve(".cnn/speeds.tsv")).content().hasLineCount(3);
    }

    @Test
    void prefersTheBatchThatIsClassifiedAndTheThreadsUsedLast() throws IOException {
        MeasuredSpeeds.in(home)
                .add(List.of(speed("vgg16", 4, 8, 44), speed("vgg16", 2, 16, 26), speed("vgg16", 2, 1, 12)));
        assertThat(MeasuredSpeeds.in(home).of("vgg16", "224x224").orElseThrow().batchSize())
                .isEqualTo(16);
        MeasuredSpeeds.in(home).add(List.of(speed("vgg16", 2, 8, 24)));
        assertThat(MeasuredSpeeds.in(home).of("vgg16", "224x224").orElseThrow().batchSize())
                .isEqualTo(8);
    }

    @Test
    void passesOverWhatItCannotUnderstand() throws IOException {
        assertThat(MeasuredSpeeds.in(home).of("vgg16", "224x224")).isEmpty();
        MeasuredSpeeds.in(home).add(List.of(speed("vgg16", 2, 8, 24)));
        Path file = home.resolve(".cnn/speeds.tsv");
        String line = Files.readString(file);
        Files.writeString(file, "torn\nelsewhere" + line.substring(line.indexOf('\t')), StandardOpenOption.APPEND);
        assertThat(MeasuredSpeeds.in(home).of("vgg16", "224x224").orElseThrow().imagesPerSecond())
                .isEqualTo(24);
    }

    private static Speed speed(String model, int threads, int batchSize, double imagesPerSecond) {
        return new Speed(model, "224x224", "onednn", "fp32", threads, batchSize, imagesPerSecond);
    }
}
