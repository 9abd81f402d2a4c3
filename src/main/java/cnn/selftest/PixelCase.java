package cnn.selftest;

import cnn.image.AspectRatio;
import cnn.image.ColorMode;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.Loading;
import cnn.image.Pixels;
import cnn.image.ResizeMode;
import cnn.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A small picture, and what Pillow makes of it.
 *
 * @param loading empty: it is decoded only
 * @param levels height * width * 3 numbers from 0 to 255, row-major, R G B
 */
record PixelCase(
        String check,
        String file,
        Optional<Loading> loading,
        int height,
        int width,
        double tolerance,
        double[] levels) {
    private static final int RGB = 3;

    static List<PixelCase> all() {
        return Golden.objects("pixels.json").stream().map(PixelCase::of).toList();
    }

    private static PixelCase of(JsonObject text) {
        return new PixelCase(
                text.text("check"),
                text.text("file"),
                text.optionalText("resize")
                        .map(resize -> new Loading(
                                ResizeMode.of(resize),
                                text.optionalText("aspect").map(AspectRatio::of).orElse(AspectRatio.STRETCH),
                                text.optionalText("color").map(ColorMode::of).orElse(ColorMode.RGB))),
                text.integer("height"),
                text.integer("width"),
                text.number("tolerance"),
                Golden.numbers(text, "levels"));
    }

    Check check(ImageDecoder decoder) {
        try {
            float[] found = decoder.decode(Golden.bytes(file), this::levels);
            return Check.of(Check.Part.PIXELS, check, found, levels, 1, tolerance);
        } catch (ImageException e) {
            return Check.failed(Check.Part.PIXELS, check, "%s: %s".formatted(file, e.getMessage()));
        }
    }

    private float[] levels(Pixels pixels) throws ImageException {
        if (loading.isPresent()) {
            float[] found = new float[RGB * height * width];
            loading.get().load(pixels, height, width, found, 0);
            return found;
        }
        if (pixels.height() != height || pixels.width() != width) {
            return new float[0];
        }
        float[] found = new float[pixels.rgb().length];
        for (int i = 0; i < found.length; i++) {
            found[i] = pixels.rgb()[i] & 0xff;
        }
        return found;
    }
}
