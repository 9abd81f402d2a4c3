package cnn.golden;

/** The made-up picture that the golden files are about: noise, not whole numbers, so never to be put into 8 bits. */
public final class GoldenImage {
    private static final float[] CAFFE_MEANS_BGR = {103.939f, 116.779f, 123.68f};

    private GoldenImage() {}

    /** Red, green and blue of {@code size} x {@code size} pixels, row by row, 0 to 255. */
    public static float[] rgb(int size) {
        return Hash.fill("input", "image", size * size * 3, 1, 0, 255);
    }

    /**
     * The picture as a network takes it, in the order height, width, channel.
     *
     * @param preprocess {@code caffe}: blue first, minus the mean of each channel; {@code tf}: x / 127.5 - 1; both in
     *     float32
     */
    public static float[] scaled(int size, String preprocess) {
        float[] rgb = rgb(size);
        return switch (preprocess) {
            case "caffe" -> caffe(rgb);
            case "tf" -> tf(rgb);
            default -> throw new IllegalArgumentException("no such preprocessing: " + preprocess);
        };
    }

    private static float[] caffe(float[] rgb) {
        float[] bgr = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            int channel = i % 3;
            bgr[i] = rgb[i - channel + 2 - channel] - CAFFE_MEANS_BGR[channel];
        }
        return bgr;
    }

    private static float[] tf(float[] rgb) {
        float[] scaled = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            scaled[i] = rgb[i] / 127.5f - 1;
        }
        return scaled;
    }
}
