package cnn.report;

import cnn.json.Json;
import cnn.report.Modules.Module;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network's modules with the sums over their layers, as the tables of papers have them; see {@link Modules}. */
public record ModuleSummary(NetworkSummary network) {

    public String as(Format format) {
        List<Module> modules = Modules.of(network.layers());
        ResultTable<Module> table = new ResultTable<>(modules)
                .text("Module", Module::name)
                .data("name", Module::name)
                .text("Layers", module -> String.valueOf(module.layers()))
                .text("Output Shape", module -> NetworkSummary.withBatch(module.outputShape()))
                .csv("output_shape", module -> NetworkSummary.times(module.outputShape()))
                .json("output_shape", module -> module.outputShape().sizes())
                .text("Param #", module -> NetworkSummary.grouped(module.parameters()))
                .data("params", Module::parameters)
                .text("Multiply-adds", module -> NetworkSummary.grouped(module.multiplyAdds()))
                .data("multiply_adds", Module::multiplyAdds)
                .data("layers", Module::layers);
        return switch (format) {
            case TEXT -> "Model: \"" + OneLine.of(network.name()) + "\"\n" + table.asText() + totals();
            case JSON, JSONL -> Json.text(object(table.asJson())) + "\n";
            case CSV -> table.asCsv();
        };
    }

    private String totals() {
        return "\nTotal params: %s\nMultiply-adds: %s for one image (convolutions and dense layers, without bias)\n"
                .formatted(
                        NetworkSummary.grouped(network.parameters()), NetworkSummary.grouped(network.multiplyAdds()));
    }

    private Map<String, Object> object(List<Map<String, Object>> modules) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", network.name());
        object.put("modules", modules);
        object.put("total_params", network.parameters());
        object.put("multiply_adds", network.multiplyAdds());
        return object;
    }
}
