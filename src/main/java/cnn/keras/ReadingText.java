package cnn.keras;

import cnn.UserError;
import cnn.image.AspectRatio;
import cnn.image.ColorMode;
import cnn.image.Loading;
import cnn.image.Reading;
import cnn.image.ResizeMode;
import cnn.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** How pictures are read, as fields of JSON: {@code resize}, {@code aspect}, {@code color}, {@code auto_orient}. */
public final class ReadingText {

    private ReadingText() {}

    /** The fields, in their order. */
    public static Map<String, Object> fields(Reading reading) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("resize", reading.loading().resize().id());
        fields.put("aspect", reading.loading().aspect().id());
        fields.put("color", reading.loading().color().id());
        fields.put("auto_orient", reading.autoOrient());
        return fields;
    }

    /**
     * What {@link #fields} gave. Those of a time when there was no choice say nothing of proportions and colours.
     *
     * @param usual the colours that were the only choice
     * @throws UserError of kind WEIGHTS if it is something else
     */
    public static Reading of(JsonObject text, ColorMode usual) {
        try {
            return new Reading(
                    new Loading(
                            ResizeMode.of(text.text("resize")),
                            text.optionalText("aspect").map(AspectRatio::of).orElse(AspectRatio.STRETCH),
                            text.optionalText("color").map(ColorMode::of).orElse(usual)),
                    text.flag("auto_orient"));
        } catch (IllegalArgumentException e) {
            throw UserError.weights("%s: %s".formatted(text.place(), e.getMessage()), e);
        }
    }
}
