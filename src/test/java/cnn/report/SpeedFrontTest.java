package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.MeasuredSpeeds.Speed;
import cnn.report.ModelList.Entry;
import cnn.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SpeedFrontTest {
    private static final SpeedFront FRONT = new SpeedFront(List.of(
            entry("vgg16", 20), // 71.3 %
            entry("mobilenet", 250), // 70.4 %
            entry("resnet50", 50), // 74.9 %
            entry("resnet50v2", 45), // 76.0 %
            entry("vgg19", 15), // 71.3 %
            entry("convnext-tiny", 40), // not known
            Entry.of("", "", Zoo.named("xception"), Optional.empty(), Optional.empty())));

    @Test
    void holdsThoseThatNoOtherBeatsInBoth() {
        assertThat(FRONT.front()).extracting(Entry::name).containsExactly("mobilenet", "resnet50", "resnet50v2");
    }

    @Test
    void isDrawnAsPngAndSvg() throws IOException {
        assertThat(ImageIO.read(new ByteArrayInputStream(FRONT.png())).getWidth())
                .isEqualTo(1800);
        assertThat(new String(FRONT.svg(), StandardCharsets.UTF_8))
                .startsWith("<?xml")
                .contains("resnet50v2", "published top-1 accuracy")
                .doesNotContain("vgg19");
    }

    @Test
    void nothingIsDrawnOfNetworksThatWereNotMeasured() {
        assertThat(new SpeedFront(List.of()).isEmpty()).isTrue();
    }

    private static Entry entry(String name, double imagesPerSecond) {
        Speed speed = new Speed(name, "224x224", "onednn", "fp32", 2, 8, imagesPerSecond);
        return Entry.of("", "", Zoo.named(name), Optional.empty(), Optional.of(speed));
    }
}
