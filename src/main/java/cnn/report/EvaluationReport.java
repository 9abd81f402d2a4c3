package cnn.report;

import cnn.evaluate.Evaluation;
import java.util.List;

/**
 * The figures of one model, or of several side by side.
 *
 * @param evaluations at least one; of several, all by the same data
 * @param names how the user named the models
 * @param seed of the intervals
 */
public record EvaluationReport(List<Evaluation> evaluations, List<String> names, long seed) {

    public EvaluationReport {
        evaluations = List.copyOf(evaluations);
        names = List.copyOf(names);
    }

    public String as(Format format) {
        return switch (format) {
            case TEXT ->
                evaluations.size() == 1 ? EvaluationText.of(evaluations.get(0), names.get(0)) : ComparisonText.of(this);
            case JSON -> EvaluationJson.of(this);
            case JSONL -> EvaluationJson.of(this).replace("\n", "") + "\n";
            case CSV -> EvaluationCsv.of(this);
        };
    }
}
