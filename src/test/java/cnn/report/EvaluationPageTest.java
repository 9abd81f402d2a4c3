package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import cnn.data.ImageInput;
import cnn.data.LabelledImages;
import cnn.data.Target;
import cnn.evaluate.Evaluation;
import cnn.evaluate.Heat;
import cnn.evaluate.Mistake;
import cnn.files.PartFolder;
import cnn.image.Pixels;
import cnn.metrics.Figures;
import cnn.metrics.Scores;
import cnn.zoo.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPageTest {
    private static final String HOSTILE = "<script>alert(1)</script>";

    @TempDir
    private Path folder;

    @Test
    void showsHostileNamesAsText() {
        Evaluation evaluation = evaluation(List.of(HOSTILE, "\" onerror=\"x", "=1+2"), 60, 1);
        String html = page(evaluation, 6).html();
        assertThat(html).doesNotContain("<script").doesNotContain("\" onerror");
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(new String(HeatMap.counts(evaluation).svg(Theme.LIGHT), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("<script");
    }

    @Test
    void needsNothingBesidesItself() {
        String html =
                page(evaluation(List.of("cats", "dogs", "owls"), 90, 2), 4).html();
        assertThat(Pattern.compile("(?:src|srcset|href)=\"(?!data:image/(?:png|jpeg|svg\\+xml);base64,)")
                        .matcher(html)
                        .find())
                .isFalse();
        assertThat(html).doesNotContain("url(").doesNotContain("@import").doesNotContain("<link");
        assertThat(html).contains("Most confident mistakes").contains("x.jpg").contains("damaged");
        assertThat(html).contains(" (held-out: 90 of 450 images, those that training held back)</p>");
    }

    @Test
    void laysItsChartsBesideItself() throws IOException {
        try (PartFolder part = PartFolder.of(folder)) {
            page(evaluation(List.of("cats", "dogs"), 40, 3), 1).write(part);
            assertThat(folder.resolve("roc.png")).as("not complete yet").doesNotExist();
            part.move();
        }
        List<String> names = List.of(
                "confusion-matrix", "confusion-matrix-shares", "classes", "reliability", "risk-coverage", "roc");
        for (String name : names) {
            assertThat(Files.readString(folder.resolve(name + ".svg"))).contains("<svg");
            assertThat(Files.size(folder.resolve(name + ".png"))).isGreaterThan(5_000);
        }
        assertThat(Files.readString(folder.resolve("index.html"))).startsWith("<!DOCTYPE html>");
    }

    @Test
    void staysUnderFiveMegabytesForTenThousandImagesOfAThousandClasses() {
        List<String> names =
                IntStream.range(0, 1000).mapToObj(i -> "class_" + i).toList();
        String html = page(evaluation(names, 10_000, 4), 24).html();
        assertThat(html.length()).isBetween(300_000, 5_000_000);
    }

    @Test
    void goesWithoutMistakesWhereThereAreNone() {
        Scores scores = new Scores(new int[] {0, 1}, new float[][] {{1, 0}, {0, 1}});
        Evaluation perfect = evaluation(List.of("a", "b"), scores, List.of());
        String html = page(perfect, 0).html();
        assertThat(html).contains("100.00 %").doesNotContain("Most confident mistakes");
    }

    @Test
    void namesTheMostConfusedOfManyClasses() {
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "kind-" + i).toList();
        int[] actual = IntStream.range(0, 120).map(i -> i / 2).toArray();
        float[][] rows = new float[120][60];
        for (int i = 0; i < rows.length; i++) {
            rows[i][actual[i] == 17 ? 42 : actual[i]] = 1;
        }
        Evaluation evaluation = evaluation(names, new Scores(actual, rows), List.of());
        String svg = new String(HeatMap.counts(evaluation).svg(Theme.LIGHT), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(svg).contains(">kind-17<").contains(">kind-42<").doesNotContain(">kind-16<");
    }

    @Test
    void keepsTheEndOfAFilesNameOnOneLine() {
        String html = page(evaluation(List.of("cats", "dogs"), 40, 3), 1).html();
        assertThat(html).contains("<span class=\"end\">").contains(".end { white-space: nowrap; }");
        assertThat(PageTables.path("train/cat_0123456789.jpg"))
                .isEqualTo(Map.of("start", "train/cat_0123", "end", "456789.jpg"));
    }

    @Test
    void roundsNumbersOfTrainingForPeople() {
        assertThat(Figure.plain(0.13632605806235162)).isEqualTo("0.1363");
        assertThat(Figure.plain(1.0E-5)).isEqualTo("0.00001");
        assertThat(Figure.plain(20)).isEqualTo("20");
        assertThat(Figure.plain("cosine")).isEqualTo("cosine");
    }

    private static EvaluationPage page(Evaluation evaluation, int mistakes) {
        Pixels grey = new Pixels(240, 160, noise());
        Heat heat = new Heat(1, 2, new float[] {0, 1});
        List<Mistake> shown = new ArrayList<>();
        for (int i = 0; i < mistakes; i++) {
            Prediction wrong = new Prediction(1, evaluation.label(0), 0, 0.9f);
            shown.add(new Mistake(HOSTILE + "/" + i + ".jpg", 1, 0.1f, List.of(wrong), grey, Optional.of(heat)));
        }
        return new EvaluationPage(
                evaluation, "model " + HOSTILE, "test", 42, Optional.empty(), shown, Map.of("seed", "42"));
    }

    /** A model that is mostly right. */
    static Evaluation evaluation(List<String> names, int images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int classes = names.size();
        int[] actual = new int[images];
        float[][] rows = new float[images][classes];
        for (int i = 0; i < images; i++) {
            actual[i] = i % classes;
            float sure = 0.4f + 0.6f * random.nextInt(1000) / 1000f;
            java.util.Arrays.fill(rows[i], (1 - sure) / (classes - 1));
            rows[i][random.nextInt(5) == 0 ? random.nextInt(classes) : actual[i]] = sure;
        }
        Failure damaged = new Failure("unreadable_image", "damaged");
        return evaluation(
                names, new Scores(actual, rows), List.of(new Classification("x.jpg", List.of(), Optional.of(damaged))));
    }

    private static Evaluation evaluation(List<String> names, Scores scores, List<Classification> failures) {
        Labels labels = new Labels(
                names.stream().map(name -> new Labels.Label(name, name)).toList());
        List<LabelledImages.Labelled> images = IntStream.of(scores.actual())
                .mapToObj(c -> new LabelledImages.Labelled(ImageInput.of(Path.of("data/x.jpg")), new Target(c)))
                .toList();
        LabelledImages data = new LabelledImages(
                Path.of("data", HOSTILE), LabelledImages.Part.SPLIT, 5 * images.size(), names, images, List.of());
        List<Integer> all = IntStream.range(0, scores.images()).boxed().toList();
        List<Integer> folders = IntStream.range(0, names.size()).boxed().toList();
        return new Evaluation("net", labels, data, folders, all, scores, failures, Figures.of(scores, 1));
    }

    private static byte[] noise() {
        byte[] rgb = new byte[3 * 240 * 160];
        new SplittableRandom(1).nextBytes(rgb);
        return rgb;
    }
}
