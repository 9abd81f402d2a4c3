package cnn.report;

import cnn.transfer.Evaluation;
import cnn.transfer.ImagePreparation;
import cnn.transfer.LoadedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What there is to know of how figures came to be: the settings and the provenance of the model. */
public final class EvaluationFacts {

    private EvaluationFacts() {}

    /** The facts in the order in which people want them. */
    public static Map<String, String> of(
            Evaluation evaluation, String name, LoadedModel model, ImagePreparation preparation) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", name);
        facts.put("network", model.network().name());
        facts.put("parameters", Figure.grouped(model.network().parameters()));
        facts.put("multiply-adds for one image", Figure.grouped(model.network().multiplyAdds()));
        facts.put("classes it knows", Figure.grouped(model.labels().size()));
        facts.put(
                "data", evaluation.data().folder().toAbsolutePath().normalize().toString());
        facts.put(
                "input",
                preparation.input().height() + " x " + preparation.input().width() + " pixels");
        facts.put("resize", preparation.resize().id());
        facts.put("scaling", preparation.preprocessing().name().toLowerCase(java.util.Locale.ROOT));
        return facts;
    }
}
