package cnn.report;

import cnn.Counted;
import cnn.classify.Prediction;
import cnn.evaluate.Evaluation;
import cnn.evaluate.Mistake;
import cnn.files.FileNames;
import cnn.image.JpegEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mistakes that a page shows, as its template wants them. */
record PageGallery(Evaluation evaluation, List<Mistake> mistakes) {

    Map<String, Object> values() {
        long all = evaluation.figures().images()
                - Math.round(
                        evaluation.figures().accuracy() * evaluation.figures().images());
        String words = all == mistakes.size()
                ? (all == 1
                        ? "The one image that it got wrong."
                        : "All %d images that it got wrong, the surest first.".formatted(all))
                : "%d of %s that it got wrong: those of which it was surest."
                        .formatted(mistakes.size(), Counted.of(all, "image"));
        boolean hasHeat = mistakes.stream().anyMatch(mistake -> mistake.heat().isPresent());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("hasMistakes", !mistakes.isEmpty());
        values.put("mistakeWords", words);
        values.put("hasHeat", hasHeat);
        values.put("mistakes", mistakes.stream().map(this::card).toList());
        return values;
    }

    private Map<String, Object> card(Mistake mistake) {
        return Map.of(
                "path",
                PageTables.path(withoutFolder(mistake.input())),
                "picture",
                ChartGroup.uri("image/jpeg", JpegEncoder.encode(mistake.picture())),
                "heat",
                mistake.heat()
                        .map(heat -> ChartGroup.uri(
                                "image/jpeg", JpegEncoder.encode(HeatOverlay.over(mistake.picture(), heat))))
                        .orElse(""),
                "truth",
                evaluation.label(mistake.actual()).name(),
                "truthPercent",
                Figure.percent(mistake.probability()),
                "top",
                mistake.top().stream()
                        .map(prediction -> line(prediction, mistake))
                        .toList());
    }

    private String withoutFolder(String input) {
        String folder = FileNames.of(evaluation.data().folder()) + "/";
        return input.startsWith(folder) ? input.substring(folder.length()) : input;
    }

    private static Map<String, Object> line(Prediction prediction, Mistake mistake) {
        return Map.of(
                "name",
                prediction.label().name(),
                "probability",
                Figure.of(prediction.probability()),
                "percent",
                Figure.percent(prediction.probability()),
                "right",
                prediction.index() == mistake.actual());
    }
}
