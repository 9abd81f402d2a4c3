package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import cnn.zoo.Labels;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowTextTest {
    private static final Classification SEEN = new Classification(
            "a \"b\"\n.jpg",
            List.of(
                    new Prediction(1, new Labels.Label("n1", "cat"), 7, 0.75f),
                    new Prediction(2, new Labels.Label("n2", "dog, small"), 3, 1.5e-7f)),
            Optional.empty());
    private static final Classification FAILED =
            new Classification("x.jpg", List.of(), Optional.of(new Failure("empty_file", "the file is empty")));

    @Test
    void writesText() {
        ClassificationWriter text = Format.TEXT.classifications("net");
        assertThat(text.row(SEEN, true)).isEqualTo("a \"b\"\\n.jpg: cat (75.00%)\n    dog, small (0.00%)\n");
        assertThat(text.row(FAILED, false)).isEqualTo("x.jpg: error: the file is empty (empty_file)\n");
    }

    @Test
    void writesJsonLines() {
        ClassificationWriter json = Format.JSONL.classifications("net");
        assertThat(json.row(SEEN, true))
                .isEqualTo("{\"input\":\"a \\\"b\\\"\\n.jpg\",\"status\":\"ok\",\"model\":\"net\",\"predictions\":["
                        + "{\"rank\":1,\"class_id\":\"n1\",\"label\":\"cat\",\"index\":7,\"probability\":0.750000000},"
                        + "{\"rank\":2,\"class_id\":\"n2\",\"label\":\"dog, small\",\"index\":3,"
                        + "\"probability\":1.50000005e-07}]}\n");
        assertThat(json.row(FAILED, false))
                .isEqualTo("{\"input\":\"x.jpg\",\"status\":\"error\","
                        + "\"error\":{\"code\":\"empty_file\",\"message\":\"the file is empty\"}}\n");
    }

    @Test
    void writesCsv() {
        ClassificationWriter csv = Format.CSV.classifications("net");
        assertThat(csv.begin()).isEqualTo("input,status,rank,class_id,label,index,probability,error\n");
        assertThat(csv.row(SEEN, true))
                .isEqualTo("\"a \"\"b\"\"\n.jpg\",ok,1,n1,cat,7,0.750000000,\n"
                        + "\"a \"\"b\"\"\n.jpg\",ok,2,n2,\"dog, small\",3,1.50000005e-07,\n");
        assertThat(csv.row(FAILED, false)).isEqualTo("x.jpg,error,,,,,,empty_file: the file is empty\n");
    }

    @Test
    void keepsEveryFloatApart() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt(0, Float.floatToIntBits(1f) + 1));
            assertThat(Float.parseFloat(SignificantDigits.of(value))).isEqualTo(value);
        }
        assertThat(SignificantDigits.of(0)).isEqualTo("0.0");
        assertThat(SignificantDigits.of(1)).isEqualTo("1.00000000");
    }
}
