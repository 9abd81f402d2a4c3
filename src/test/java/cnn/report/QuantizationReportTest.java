package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.PairedThroughput;
import cnn.evaluate.LayerNoise;
import cnn.evaluate.PrecisionTrial;
import cnn.model.Calibrated;
import cnn.program.Quantization;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuantizationReportTest {

    @Test
    void everyNoisyLayerIsNamed() {
        QuantizationReport report = report(12, 5);
        assertThat(report.text())
                .contains("noisy       12 layers below 20 dB: noisy0, noisy1, noisy2, ")
                .contains(", noisy11; --keep-fp32 LAYER leaves one in fp32\n")
                .contains("\nnoisy11 ")
                .doesNotContain("quiet0");
        assertThat(report.json()).contains("\"noisy11\"],\"fp32_layers\"");
    }

    @Test
    void withoutNoisyLayersTheWorstTenAreTold() {
        QuantizationReport report = report(0, 12);
        assertThat(report.text()).contains("quiet9").doesNotContain("quiet10").doesNotContain("below 20 dB");
        assertThat(report.json()).contains("\"noisy_layers\":[]");
    }

    private static QuantizationReport report(int noisy, int quiet) {
        List<LayerNoise> layers = new ArrayList<>();
        for (int i = 0; i < noisy; i++) {
            layers.add(new LayerNoise("noisy" + i, 5 + i));
        }
        for (int i = 0; i < quiet; i++) {
            layers.add(new LayerNoise("quiet" + i, 20 + i));
        }
        return new QuantizationReport(
                "some",
                new Calibrated(RangeMethod.MSE, 3, new Quantization(new Ranges(Map.of()), Set.of())),
                0,
                "named by --judge",
                new PrecisionTrial(4, 4, 0.01, 0.02, Optional.empty()),
                layers,
                new PairedThroughput(100, 300),
                8,
                2,
                List.of(),
                Path.of("some.json"));
    }
}
