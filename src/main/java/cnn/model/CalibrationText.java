package cnn.model;

import cnn.UserError;
import cnn.files.Sha256;
import cnn.json.Json;
import cnn.json.JsonObject;
import cnn.program.Quantization;
import cnn.program.Range;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Ranges and the weights that they belong to, as JSON. Equal ranges give equal text, and what is damaged is refused. */
record CalibrationText(CalibratedWeights owner, Calibrated calibrated) {
    private static final int FORMAT = 1;

    /** A value has so many characters of range for each of its channels; the largest network of the zoo has 0.4 million. */
    static final long LARGEST_BYTES = 256L << 20;

    String json() {
        Map<String, Object> text = fields();
        text.put("sha256", digest());
        return Json.text(text) + "\n";
    }

    private Map<String, Object> fields() {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("format", FORMAT);
        text.putAll(owner.fields());
        text.put("method", calibrated.method().id());
        text.put("images", calibrated.images());
        text.put("keep_fp32", List.copyOf(calibrated.quantization().inFloat()));
        Map<String, Object> ranges = new LinkedHashMap<>();
        calibrated.quantization().ranges().values().forEach((name, range) -> ranges.put(name, fields(range)));
        text.put("ranges", ranges);
        return text;
    }

    private String digest() {
        return Sha256.of(Json.text(fields()).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Map<String, Object> fields(Range range) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("low", range.low());
        fields.put("high", range.high());
        fields.put("lowest", range.lowest());
        fields.put("highest", range.highest());
        fields.put("means", range.means());
        return fields;
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @param place for messages
     * @throws UserError of kind WEIGHTS if it is anything else
     */
    static CalibrationText parse(String place, String json) {
        JsonObject text = JsonObject.parse(place, json);
        if (text.whole("format") != FORMAT) {
            throw UserError.weights(
                    "%s is of format %d, this cnn reads format %d".formatted(place, text.whole("format"), FORMAT));
        }
        CalibratedWeights owner = new CalibratedWeights(
                text.text("weights"),
                text.text("network"),
                text.text("preprocessing"),
                text.list("input_size").stream()
                        .map(size -> JsonObject.asInt(place + ", input_size", size))
                        .toList());
        Map<String, Range> ranges = new TreeMap<>();
        JsonObject named = text.object("ranges");
        named.fields().keySet().forEach(name -> ranges.put((String) name, range(named.object((String) name))));
        CalibrationText parsed = new CalibrationText(
                owner,
                new Calibrated(
                        method(place, text.text("method")),
                        text.integer("images"),
                        new Quantization(new Ranges(ranges), Set.copyOf(text.texts("keep_fp32")))));
        if (!isIntact(json, text.text("sha256")) && !parsed.digest().equals(text.text("sha256"))) {
            throw UserError.weights(
                    place + " is damaged: it differs from its checksum; make it again with cnn quantize");
        }
        return parsed;
    }

    /** Whether that is the text as it was written; one that was laid out anew may be so too. */
    private static boolean isIntact(String json, String sha256) {
        String end = ",\"sha256\":\"%s\"}\n".formatted(sha256);
        return json.endsWith(end)
                && Sha256.of((json.substring(0, json.length() - end.length()) + "}").getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .equals(sha256);
    }

    private static RangeMethod method(String place, String id) {
        try {
            return RangeMethod.of(id);
        } catch (UserError e) {
            throw UserError.weights(place + ": " + e.getMessage(), e);
        }
    }

    private static Range range(JsonObject range) {
        float low = (float) range.number("low");
        float high = (float) range.number("high");
        if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
            throw UserError.weights("%s goes from %s to %s".formatted(range.place(), low, high));
        }
        return new Range(low, high, floats(range, "lowest"), floats(range, "highest"), floats(range, "means"));
    }

    private static List<Float> floats(JsonObject range, String name) {
        return range.numbers(name).stream().map(Double::floatValue).toList();
    }
}
