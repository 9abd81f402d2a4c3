package cnn.report;

import cnn.Counted;
import cnn.json.Json;
import cnn.model.SavedModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training came to, as one line of JSON; the figures are those of the epoch that is kept.
 *
 * @param file where the model is
 */
public record TrainingSummary(Path file, SavedModel model) {
    private static final List<String> FIRST = List.of(
            "epochs",
            "epoch",
            "loss",
            "accuracy",
            "val_loss",
            "val_accuracy",
            "train_images",
            "validation_images",
            "classes",
            "failed_images",
            "test_loss",
            "test_accuracy",
            "test_images");

    /** The line; models of a time when less was kept say less. */
    public String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", file.toString());
        for (String name : names()) {
            Object value = name.equals("classes") ? model.classes() : metric(name);
            // A penalty is as it was typed, or is to be typed again.
            object.put(name.equals("epoch") ? "best_epoch" : name, name.equals("penalty") ? value : rounded(value));
        }
        object.put("complete", model.training().complete());
        chosen().ifPresent(words -> object.put("auto", words));
        return Json.text(object);
    }

    /** The same for people: what was saved, how good it is, what to do with it. */
    public String text() {
        String name = ShellWord.of(OneLine.of(file.toString()));
        return "saved %s: %s, %s\n".formatted(name, Counted.of(model.classes().size(), "class"), made())
                + figures("validation", "val_accuracy", "val_loss", "validation_images")
                + (metric("test_images") == null ? "" : figures("test", "test_accuracy", "test_loss", "test_images"))
                + "next: cnn classify -m %s IMAGE...\n".formatted(name)
                + "      cnn evaluate -m %s DATA --report report/".formatted(name);
    }

    /** How what is kept was found. */
    private String made() {
        if (metric("solver") == null) {
            return "epoch %.0f of %.0f".formatted(number("epoch"), number("epochs"));
        }
        String head = "a linear head with C = " + Figure.plain(number("penalty"));
        return metric("cv_accuracy") instanceof Number accuracy
                        && metric("cv_accuracy_interval") instanceof List<?> interval
                ? "%s\ncross-validated accuracy %s (95 %%: %s to %s), in %.0f folds of the training images"
                        .formatted(
                                head,
                                Figure.of(accuracy.doubleValue()),
                                Figure.of(((Number) interval.get(0)).doubleValue()),
                                Figure.of(((Number) interval.get(1)).doubleValue()),
                                number("folds"))
                : head;
    }

    private String figures(String part, String accuracy, String loss, String images) {
        return "%s accuracy %s, loss %s, on %s\n"
                .formatted(
                        part,
                        Figure.of(number(accuracy)),
                        Figure.of(number(loss)),
                        Counted.of((int) number(images), "image"));
    }

    private double number(String metric) {
        return ((Number) metric(metric)).doubleValue();
    }

    /** Why it is this network, where that was measured. */
    private Optional<String> chosen() {
        return Optional.ofNullable(model.training().settings().get("auto")).map(Object::toString);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(FIRST);
        names.removeIf(name -> !name.equals("classes") && metric(name) == null);
        model.training().metrics().keySet().stream()
                .filter(name -> !FIRST.contains(name))
                .forEach(names::add);
        return names;
    }

    private Object metric(String name) {
        return model.training().metrics().get(name);
    }

    private static Object rounded(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(TrainingSummary::rounded).toList();
        }
        return value instanceof Double number ? new BigDecimal(SignificantDigits.of(number.floatValue())) : value;
    }
}
