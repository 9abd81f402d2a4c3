package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.Invisible;
import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import cnn.zoo.Labels;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        ClassificationWriter text = Format.TEXT.classifications("net", AnswerColumns.NONE);
        assertThat(text.row(SEEN, true)).isEqualTo("a \"b\"\\n.jpg: cat (75.00%)\n    dog, small (0.00%)\n");
        assertThat(text.row(FAILED, false)).isEqualTo("x.jpg: error: the file is empty (empty_file)\n");
    }

    @Test
    void writesJsonLines() {
        ClassificationWriter json = Format.JSONL.classifications("net", AnswerColumns.NONE);
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
        ClassificationWriter csv = Format.CSV.classifications("net", AnswerColumns.NONE);
        assertThat(csv.begin()).isEqualTo("input,status,rank,class_id,label,index,probability,error\n");
        assertThat(csv.row(SEEN, true))
                .isEqualTo("\"a \"\"b\"\"\\n.jpg\",ok,1,n1,cat,7,0.750000000,\n"
                        + "\"a \"\"b\"\"\\n.jpg\",ok,2,n2,\"dog, small\",3,1.50000005e-07,\n");
        assertThat(csv.row(FAILED, false)).isEqualTo("x.jpg,error,,,,,,empty_file: the file is empty\n");
    }

    @Test
    void saysHowFarAnAnswerCanBeTrusted() {
        Classification sure = new Classification(
                "a.jpg",
                SEEN.predictions(),
                Optional.empty(),
                Optional.of(List.of(new Labels.Label("n1", "cat"), new Labels.Label("n2", "dog, \"small\""))),
                OptionalDouble.of(1.25));
        AnswerColumns columns =
                new AnswerColumns(OptionalDouble.of(0.8), OptionalDouble.of(1.5), OptionalDouble.of(0.975), true);
        assertThat(Format.TEXT.classifications("net", columns).row(sure, true))
                .isEqualTo("a.jpg: unknown, novel (1.25)\n    cat (75.00%)\n    dog, small (0.00%)\n"
                        + "    97.5% set: cat, dog, \"small\"\n");
        assertThat(Format.JSONL.classifications("net", columns).row(sure, true))
                .startsWith(
                        "{\"input\":\"a.jpg\",\"status\":\"ok\",\"model\":\"net\",\"temperature\":1.5,\"accepted\":false,"
                                + "\"novel\":true,\"novelty\":1.25000000,\"conformal_set\":[\"n1\",\"n2\"],\"predictions\":[");
        ClassificationWriter csv = Format.CSV.classifications("net", columns);
        assertThat(csv.begin()).endsWith(",error,accepted,conformal_set,novel,novelty\n");
        assertThat(csv.row(sure, true))
                .startsWith("a.jpg,ok,1,n1,cat,7,0.750000000,,false,\"[\"\"n1\"\",\"\"n2\"\"]\",true,1.25000000\n");
        assertThat(csv.row(FAILED, false)).isEqualTo("x.jpg,error,,,,,,empty_file: the file is empty,,,,\n");
    }

    @Test
    void hidesInCsvWhatCanBeHadAgain() {
        String[] pieces = {
            "\\", "n", "t", "u", "U", "x", "202e", "\n", "\u001b", "\u202e", "\udcff", "\udb40\udc01", "b", " "
        };
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            String row = Csv.row(name.toString());
            assertThat(row.strip())
                    .satisfies(text -> assertThat(text.codePoints()).noneMatch(Invisible::is));
            assertThat(unescaped(row.substring(0, row.length() - 1))).isEqualTo(name.toString());
        }
    }

    private static String unescaped(String field) {
        return Pattern.compile("\\\\(\\\\|n|t|u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2})")
                .matcher(field)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        switch (escape.group(1).charAt(0)) {
                            case '\\' -> "\\";
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'x' ->
                                Character.toString(0xdc00
                                        + Integer.parseInt(escape.group(1).substring(1), 16));
                            default ->
                                Character.toString(
                                        Integer.parseInt(escape.group(1).substring(1), 16));
                        }));
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
