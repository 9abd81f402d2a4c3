package cnn.image;

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

    /** These pixels on a canvas that holds them, with one colour (R G B) around them. */
    Pixels on(int canvasWidth, int canvasHeight, int left, int top, byte[] around) {
        if (canvasWidth == width && canvasHeight == height) {
            return this;
        }
        byte[] canvas = new byte[3 * canvasWidth * canvasHeight];
        for (int i = 0; i < canvas.length; i++) {
            canvas[i] = around[i % 3];
        }
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgb, 3 * y * width, canvas, 3 * ((top + y) * canvasWidth + left), 3 * width);
        }
        return new Pixels(canvasWidth, canvasHeight, canvas);
    }
}
