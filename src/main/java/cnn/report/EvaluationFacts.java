package cnn.report;

import cnn.classify.ImagePreparation;
import cnn.data.LabelledImages;
import cnn.evaluate.Evaluation;
import cnn.model.Model;
import cnn.model.SavedModel;
import cnn.network.Network;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What there is to know of how figures came to be: the settings and the provenance of the model. */
public final class EvaluationFacts {

    private EvaluationFacts() {}

    /** Which images were judged. */
    static String judged(LabelledImages data) {
        return switch (data.part()) {
            case TEST -> "held-out: the folder for testing";
            case VALIDATION -> "held-out: the folder for validation";
            case SPLIT ->
                "held-out: %s of %s images, those that training held back"
                        .formatted(Figure.grouped(data.images().size()), Figure.grouped(data.all()));
            case TRAINING -> "all: the folder for training";
            case ALL -> "all";
        };
    }

    /** The facts in the order in which people want them. */
    public static Map<String, String> of(
            Evaluation evaluation, String name, Model model, ImagePreparation preparation) {
        Network network = model.network();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", name);
        facts.put("network", network.name());
        facts.put("parameters", Figure.grouped(network.parameters()));
        facts.put("multiply-adds for one image", Figure.grouped(network.multiplyAdds()));
        facts.put("classes it knows", Figure.grouped(model.labels().size()));
        facts.put(
                "data", evaluation.data().folder().toAbsolutePath().normalize().toString());
        facts.put("judged", judged(evaluation.data()));
        facts.put(
                "input",
                "%d x %d pixels"
                        .formatted(
                                preparation.input().height(),
                                preparation.input().width()));
        facts.put("resize", preparation.loading().toString());
        facts.put("scaling of colours", preparation.preprocessing().name().toLowerCase(Locale.ROOT));
        model.saved().ifPresent(saved -> add(facts, saved));
        return facts;
    }

    private static void add(Map<String, String> facts, SavedModel saved) {
        saved.base().ifPresent(base -> {
            facts.put("trained from", base.name());
            facts.put("base weights", base.weightsFile());
            facts.put("sha256 of the base weights", base.sha256());
        });
        facts.put("trained layers", String.join(", ", saved.trained()));
        facts.put("trained parameters", Figure.grouped(saved.trainedParameters()));
        facts.put("seed of training", String.valueOf(saved.training().seed()));
        facts.put("fingerprint of the training data", saved.training().data());
        saved.training().settings().forEach((key, value) -> facts.put("training: " + key, Figure.plain(value)));
        saved.training().metrics().forEach((key, value) -> facts.put("reached: " + key, Figure.plain(value)));
    }
}
