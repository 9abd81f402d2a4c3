package cnn.image;

import java.util.Arrays;

/**
 * RGB pixels, 8 bits a channel.
 *
 * <p>The array is neither copied on the way in nor on the way out: an image may take hundreds of megabytes, and whoever
 * hands it over lets go of it. Two {@code Pixels} are equal only if they share that array.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb row-major, interleaved R G B, {@code 3 * width * height} bytes
 */
public record Pixels(int width, int height, byte[] rgb) {
    public Pixels {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes do not make " + width + "x" + height + " RGB pixels");
        }
    }

    /**
     * The picture that floats stand for, rounded to whole levels.
     *
     * @param nhwc height * width * 3 floats, row-major, R G B; below 0 is black, above 255 white
     */
    public static Pixels of(float[] nhwc, int height, int width) {
        byte[] rgb = new byte[nhwc.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(nhwc[i])));
        }
        return new Pixels(width, height, rgb);
    }

    /** The picture without colours, as Pillow's {@code convert("L")} makes it: ITU-R 601-2 luma, rounded. */
    public Pixels grey() {
        byte[] grey = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i += 3) {
            int luma =
                    ((rgb[i] & 0xff) * 19595 + (rgb[i + 1] & 0xff) * 38470 + (rgb[i + 2] & 0xff) * 7471 + 0x8000) >> 16;
            Arrays.fill(grey, i, i + 3, (byte) luma);
        }
        return new Pixels(width, height, grey);
    }

    /** These pixels on a canvas that holds them, with one colour (R G B) around them. */
    Pixels on(int canvasWidth, int canvasHeight, int left, int top, byte[] around) {
        if (canvasWidth == width && canvasHeight == height) {
            return this;
        }
        byte[] canvas = new byte[3 * canvasWidth * canvasHeight];
        System.arraycopy(around, 0, canvas, 0, 3);
        for (int filled = 3; filled < canvas.length; filled *= 2) {
            System.arraycopy(canvas, 0, canvas, filled, Math.min(filled, canvas.length - filled));
        }
        Pixels whole = new Pixels(canvasWidth, canvasHeight, canvas);
        whole.put(this, top, left);
        return whole;
    }

    /** A picture of one column, so many times beside itself. */
    Pixels repeated(int columns) {
        byte[] repeated = new byte[Math.multiplyExact(rgb.length, columns)];
        for (int to = 0; to < repeated.length; to += 3) {
            System.arraycopy(rgb, to / (3 * columns) * 3, repeated, to, 3);
        }
        return new Pixels(columns, height, repeated);
    }

    /** Puts a picture onto this one, which holds it. */
    void put(Pixels picture, int top, int left) {
        int row = 3 * picture.width;
        for (int y = 0; y < picture.height; y++) {
            System.arraycopy(picture.rgb, y * row, rgb, 3 * ((top + y) * width + left), row);
        }
    }
}
