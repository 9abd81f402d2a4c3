package cnn.image;

/**
 * Random changes of an image's levels, as {@code ImageDataGenerator} makes them.
 *
 * @param channelShift added to all channels alike, at most this much either way, and kept between the image's own least
 *     and greatest level
 * @param least the levels are multiplied by a factor from this
 * @param greatest to this, and kept from 0 to 255
 */
record Colouring(double channelShift, double least, double greatest) {
    static final Colouring NONE = new Colouring(0, 1, 1);
    private static final float WHITE = 255;

    /** Changes the {@code floats} levels from {@code offset} on. */
    void apply(float[] nhwc, int offset, int floats, Draws draws) {
        if (channelShift > 0) {
            shift(nhwc, offset, floats, (float) draws.between(-channelShift, channelShift));
        }
        if (least != 1 || greatest != 1) {
            brighten(nhwc, offset, floats, (float) draws.between(least, greatest));
        }
    }

    /** Adds {@code shift}, within the image's own range. */
    static void shift(float[] nhwc, int offset, int floats, float shift) {
        float darkest = Float.POSITIVE_INFINITY;
        float brightest = Float.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + floats; i++) {
            darkest = Math.min(darkest, nhwc[i]);
            brightest = Math.max(brightest, nhwc[i]);
        }
        for (int i = offset; i < offset + floats; i++) {
            nhwc[i] = Math.min(Math.max(nhwc[i] + shift, darkest), brightest);
        }
    }

    /** Multiplies by {@code factor}, up to white. */
    static void brighten(float[] nhwc, int offset, int floats, float factor) {
        for (int i = offset; i < offset + floats; i++) {
            nhwc[i] = Math.min(Math.max(nhwc[i] * factor, 0), WHITE);
        }
    }
}
