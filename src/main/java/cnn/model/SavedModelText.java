package cnn.model;

import cnn.Excerpt;
import cnn.UserError;
import cnn.Versions;
import cnn.confidence.ConfidenceCalibration;
import cnn.data.StoredSplit;
import cnn.image.ColorMode;
import cnn.image.Reading;
import cnn.json.Json;
import cnn.json.JsonObject;
import cnn.keras.ModelConfig;
import cnn.keras.ReadingText;
import cnn.model.SavedModel.Base;
import cnn.model.SavedModel.Training;
import cnn.model.StoredZipWriter.Written;
import cnn.network.Network;
import cnn.zoo.Preprocessing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A saved model's description as JSON. The network is a Keras {@code model_config}; equal models give equal text.
 *
 * @param model what is described
 * @param tailSha256 of the tail's weights in Keras's order and layout
 * @param kerasOrderOnly why Deeplearning4j cannot restore the file, if it cannot
 * @param entries of the model file, by name
 */
record SavedModelText(
        SavedModel model, String tailSha256, Optional<String> kerasOrderOnly, Map<String, Digests> entries) {
    private static final int FORMAT = 2;
    /** Kept the weights twice: as Deeplearning4j wants them, and as the entry of this name in Keras's order. */
    private static final int FORMAT_OF_TWO_COPIES = 1;

    private static final String COPY_IN_KERAS_ORDER = "cnn-tail-weights.keras.float32.bin";

    /** What an entry of the model file must be. */
    record Digests(long bytes, String crc32, String sha256) {
        static Digests of(Written written) {
            return new Digests(
                    written.entry().bytes(), "%08x".formatted(written.entry().crc32()), written.sha256());
        }
    }

    String json() {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("format", FORMAT);
        model.base().ifPresent(base -> text.put("base", fields(base)));
        text.put("input_size", model.network().input().outputShape().sizes());
        text.put("preprocessing", model.preprocessing().name().toLowerCase(Locale.ROOT));
        text.putAll(ReadingText.fields(model.reading()));
        text.put("classes", model.classes());
        text.put("cut", model.cut());
        text.put(
                "tail",
                model.tail().nodes().stream().skip(1).map(node -> node.name()).toList());
        text.put("trained", model.trained());
        text.put("seed", model.training().seed());
        text.put("data", model.training().data());
        text.put(
                "splits",
                model.training().splits().stream().map(SavedModelText::fields).toList());
        text.put("complete", model.training().complete());
        text.put("origin", model.training().origin());
        text.put("settings", model.training().settings());
        text.put("metrics", model.training().metrics());
        model.training().recipe().ifPresent(recipe -> text.put("recipe", recipe.fields()));
        model.calibration().ifPresent(found -> text.put("calibration", found.fields()));
        Versions versions = Versions.ofThisBuild();
        text.put("versions", ordered("cnn", versions.cnn(), "dl4j", versions.dl4j(), "onednn", versions.oneDnn()));
        Map<String, Object> files = new LinkedHashMap<>();
        entries.forEach((name, digests) -> files.put(
                name, ordered("bytes", digests.bytes(), "crc32", digests.crc32(), "sha256", digests.sha256())));
        text.put("entries", files);
        text.put("tail_sha256", tailSha256);
        kerasOrderOnly.ifPresent(reason -> text.put("keras_order_only", reason));
        text.put("network", ModelConfig.of(model.network()));
        return Json.indented(text) + "\n";
    }

    /**
     * @throws IllegalArgumentException if it is not such a description, saying why
     */
    static SavedModelText parse(String json) {
        try {
            return parse(JsonObject.parse("its description", json));
        } catch (UserError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static SavedModelText parse(JsonObject text) {
        long format = text.whole("format");
        if (format != FORMAT && format != FORMAT_OF_TWO_COPIES) {
            throw new IllegalArgumentException("it is of format %d, this cnn reads formats %d and %d"
                    .formatted(format, FORMAT_OF_TWO_COPIES, FORMAT));
        }
        Network network = ModelConfig.parse(Json.text(text.map("network")), Optional.empty())
                .network();
        Reading reading = reading(text, network);
        SavedModel model = new SavedModel(
                base(text),
                text.text("cut"),
                network,
                text.texts("trained"),
                preprocessing(text.text("preprocessing")),
                reading.loading(),
                reading.autoOrient(),
                text.texts("classes"),
                new Training(
                        text.whole("seed"),
                        text.text("data"),
                        splits(text),
                        text.flag("complete", true),
                        text.has("origin") ? text.map("origin") : Map.of(),
                        text.map("settings"),
                        text.map("metrics"),
                        text.optionalObject("recipe").map(Recipe::of)),
                text.optionalObject("calibration").map(ConfidenceCalibration::parse));
        Map<String, Digests> entries = entries(text.object("entries"));
        return new SavedModelText(model, tailSha256(format, text, entries), kerasOrderOnly(text), entries);
    }

    private static String tailSha256(long format, JsonObject text, Map<String, Digests> entries) {
        if (format == FORMAT) {
            return text.text("tail_sha256");
        }
        Digests digests = entries.get(COPY_IN_KERAS_ORDER);
        if (digests == null) {
            throw new IllegalArgumentException("its description has no entry " + COPY_IN_KERAS_ORDER);
        }
        return digests.sha256();
    }

    private static Optional<String> kerasOrderOnly(JsonObject text) {
        return text.optionalText("keras_order_only");
    }

    private static Reading reading(JsonObject text, Network network) {
        boolean grey = network.input().outputShape().channels() == 1;
        return ReadingText.of(text, grey ? ColorMode.GRAYSCALE : ColorMode.RGB);
    }

    private static Preprocessing preprocessing(String name) {
        return Arrays.stream(Preprocessing.values())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no preprocessing is named " + Excerpt.of(name)));
    }

    private static Optional<Base> base(JsonObject text) {
        return text.optionalObject("base")
                .map(base -> new Base(
                        base.text("name"),
                        base.text("output"),
                        base.text("weights_file"),
                        base.text("weights_sha256")));
    }

    /** None in files of a time when none was kept. */
    private static List<StoredSplit> splits(JsonObject text) {
        return text.has("splits")
                ? text.objects("splits").stream()
                        .map(split -> new StoredSplit(
                                split.number("share"),
                                split.whole("seed"),
                                Math.toIntExact(split.whole("images")),
                                split.text("data")))
                        .toList()
                : List.of();
    }

    private static Map<String, Digests> entries(JsonObject files) {
        Map<String, Digests> entries = new LinkedHashMap<>();
        for (Object name : files.fields().keySet()) {
            JsonObject one = files.object((String) name);
            entries.put((String) name, new Digests(one.whole("bytes"), one.text("crc32"), one.text("sha256")));
        }
        return entries;
    }

    private static Map<String, Object> fields(Base base) {
        return ordered(
                "name",
                base.name(),
                "output",
                base.output(),
                "weights_file",
                base.weightsFile(),
                "weights_sha256",
                base.sha256());
    }

    private static Map<String, Object> fields(StoredSplit split) {
        return ordered("share", split.share(), "seed", split.seed(), "images", split.images(), "data", split.data());
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
