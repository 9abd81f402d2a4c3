package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Prediction;
import cnn.json.Json;
import cnn.zoo.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row for each prediction, and one for each input that failed; what rows say of the whole answer stands in last columns, on
 * each of its rows. A conformal set is a JSON list.
 */
record CsvClassifications(AnswerColumns columns) implements ClassificationWriter {

    @Override
    public String begin() {
        List<String> more = new ArrayList<>();
        columns.threshold().ifPresent(least -> more.add("accepted"));
        columns.coverage().ifPresent(coverage -> more.add("conformal_set"));
        if (columns.novelty()) {
            more.addAll(List.of("novel", "novelty"));
        }
        return row(more, "input", "status", "rank", "class_id", "label", "index", "probability", "error");
    }

    @Override
    public String row(Classification answer, boolean first) {
        if (answer.failure().isPresent()) {
            String error = answer.failure().get().code() + ": "
                    + answer.failure().get().message();
            List<String> none = Collections.nCopies(more(answer).size(), "");
            return row(none, answer.input(), "error", "", "", "", "", "", error);
        }
        List<String> more = more(answer);
        StringBuilder rows = new StringBuilder();
        for (Prediction prediction : answer.predictions()) {
            rows.append(row(
                    more,
                    answer.input(),
                    "ok",
                    String.valueOf(prediction.rank()),
                    prediction.label().id(),
                    prediction.label().name(),
                    String.valueOf(prediction.index()),
                    SignificantDigits.of(prediction.probability()),
                    ""));
        }
        return rows.toString();
    }

    @Override
    public String end() {
        return "";
    }

    private List<String> more(Classification answer) {
        List<String> more = new ArrayList<>();
        columns.threshold().ifPresent(least -> more.add(String.valueOf(answer.isAccepted(least))));
        columns.coverage()
                .ifPresent(coverage -> more.add(Json.text(answer.conformalSet().orElse(List.of()).stream()
                        .map(Labels.Label::id)
                        .toList())));
        if (columns.novelty()) {
            more.add(String.valueOf(answer.isNovel()));
            more.add(SignificantDigits.of((float) answer.novelty().orElse(0)));
        }
        return more;
    }

    private static String row(List<String> more, String... cells) {
        List<String> all = new ArrayList<>(List.of(cells));
        all.addAll(more);
        return Csv.row(all.toArray(String[]::new));
    }
}
