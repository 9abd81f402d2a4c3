package cnn.report;

import cnn.keras.LayerSummary;
import cnn.network.DenseEquivalent;
import cnn.network.Formula;
import cnn.network.LayerFormulas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a summary tells of each layer besides Keras's columns.
 *
 * @param formulas how its sizes, parameters and multiply-adds come about
 * @param denseEquivalent how many parameters a dense layer in its place would have
 */
public record LayerDetails(boolean formulas, boolean denseEquivalent) {
    private static final Map<String, String> WORDS = Map.of(
            "params",
            "parameters",
            "multiply_adds",
            "multiply-adds",
            "dense_equivalent",
            "parameters of a dense layer");

    /** Parameters of a dense layer in its place; null for a layer that has no kernel, or is dense. */
    Long dense(LayerSummary layer) {
        return layer.node()
                .flatMap(DenseEquivalent::parameters)
                .map(Formula::value)
                .orElse(null);
    }

    /** A line for all layers, nested ones too; empty if it was not asked for. */
    String total(List<LayerSummary> layers) {
        return denseEquivalent
                ? "Dense layers in place of the convolutions: %s params instead of %s\n"
                        .formatted(NetworkSummary.grouped(inPlace(layers)), NetworkSummary.grouped(replaced(layers)))
                : "";
    }

    void addTotal(Map<String, Object> object, List<LayerSummary> layers) {
        if (denseEquivalent) {
            object.put("dense_equivalent", inPlace(layers));
        }
    }

    private long inPlace(List<LayerSummary> layers) {
        return layers.stream()
                .mapToLong(layer -> Optional.ofNullable(dense(layer)).orElse(0L) + inPlace(layer.inner()))
                .reduce(0, Math::addExact);
    }

    private long replaced(List<LayerSummary> layers) {
        return layers.stream()
                .mapToLong(layer -> dense(layer) == null ? replaced(layer.inner()) : layer.parameters())
                .sum();
    }

    /** A line for each formula; those of height and width in one where they are the same. */
    List<String> lines(LayerSummary layer) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Formula formula : of(layer)) {
            lines.merge(
                    "%s = %s".formatted(formula.expression(), NetworkSummary.grouped(formula.value())),
                    WORDS.getOrDefault(formula.of(), formula.of()),
                    (first, second) -> first + ", " + second);
        }
        return lines.entrySet().stream()
                .map(line -> line.getValue() + " = " + line.getKey())
                .toList();
    }

    /** All formulas in one field. */
    String field(LayerSummary layer) {
        return of(layer).stream()
                .map(formula -> "%s = %s = %d".formatted(formula.of(), formula.expression(), formula.value()))
                .collect(Collectors.joining("; "));
    }

    void addTo(Map<String, Object> object, LayerSummary layer) {
        Long dense = denseEquivalent ? dense(layer) : null;
        if (dense != null) {
            object.put("dense_equivalent", dense);
        }
        if (formulas) {
            object.put("formulas", of(layer).stream().map(LayerDetails::object).toList());
        }
    }

    private static Map<String, Object> object(Formula formula) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("of", formula.of());
        object.put("expression", formula.expression());
        object.put("value", formula.value());
        return object;
    }

    private List<Formula> of(LayerSummary layer) {
        List<Formula> all = new ArrayList<>();
        if (formulas && layer.node().isPresent()) {
            all.addAll(LayerFormulas.of(layer.node().get()));
            if (denseEquivalent) {
                DenseEquivalent.parameters(layer.node().get()).ifPresent(all::add);
            }
        }
        return all;
    }
}
