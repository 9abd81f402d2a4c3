package cnn.image;

import java.util.Arrays;

/**
 * Pillow's {@code Image.resize} for 8-bit RGB, bit for bit: antialiased where it shrinks, horizontally first, rounded to
 * 8 bits between the passes (Resample.c; nearest neighbour from Geometry.c, ImagingScaleAffine).
 */
final class PillowResize {
    private static final int HALF = 1 << (PillowWeights.BITS - 1);

    private PillowResize() {}

    /** The nearest source pixel for each target pixel along one axis. */
    static int[] nearest(int source, int target) {
        double scale = (double) source / target;
        int[] positions = new int[target];
        // Pillow adds up instead of multiplying, and the rounding errors are part of the result.
        double position = scale * 0.5;
        for (int i = 0; i < target; i++) {
            positions[i] = Math.min((int) position, source - 1);
            position += scale;
        }
        return positions;
    }

    /** The whole image, resized. */
    static Pixels resize(Pixels source, PillowFilter filter, int height, int width) {
        return resize(source, filter, height, width, new Crop(0, 0, height, width));
    }

    /**
     * A part of the resized image; the rest of it is not computed.
     *
     * @param height of the whole resized image
     * @param width of the whole resized image
     */
    static Pixels resize(Pixels source, PillowFilter filter, int height, int width, Crop crop) {
        PillowWeights across = width == source.width()
                ? null
                : PillowWeights.of(filter, source.width(), width, crop.left(), crop.width());
        PillowWeights down = height == source.height()
                ? null
                : PillowWeights.of(filter, source.height(), height, crop.top(), crop.height());
        int firstRow = down == null ? crop.top() : down.first()[0];
        int rows = down == null
                ? crop.height()
                : down.first()[crop.height() - 1] + down.count()[crop.height() - 1] - firstRow;
        byte[] narrowed = across == null
                ? cutColumns(source, crop, firstRow, rows)
                : convolveRows(source, across, crop.width(), firstRow, rows);
        byte[] rgb = down == null ? narrowed : convolveColumns(narrowed, down, 3 * crop.width(), firstRow);
        return new Pixels(crop.width(), crop.height(), rgb);
    }

    private static byte[] cutColumns(Pixels source, Crop crop, int firstRow, int rows) {
        byte[] cut = new byte[Math.multiplyExact(3 * crop.width(), rows)];
        for (int y = 0; y < rows; y++) {
            int from = 3 * ((firstRow + y) * source.width() + crop.left());
            System.arraycopy(source.rgb(), from, cut, 3 * crop.width() * y, 3 * crop.width());
        }
        return cut;
    }

    private static byte[] convolveRows(Pixels source, PillowWeights across, int width, int firstRow, int rows) {
        byte[] in = source.rgb();
        byte[] out = new byte[Math.multiplyExact(3 * width, rows)];
        int[] weights = across.weights();
        int to = 0;
        for (int y = 0; y < rows; y++) {
            int row = 3 * (firstRow + y) * source.width();
            for (int x = 0; x < width; x++) {
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                int from = row + 3 * across.first()[x];
                int end = x * across.taps() + across.count()[x];
                for (int k = x * across.taps(); k < end; k++) {
                    int weight = weights[k];
                    red += (in[from] & 0xff) * weight;
                    green += (in[from + 1] & 0xff) * weight;
                    blue += (in[from + 2] & 0xff) * weight;
                    from += 3;
                }
                out[to] = clip(red);
                out[to + 1] = clip(green);
                out[to + 2] = clip(blue);
                to += 3;
            }
        }
        return out;
    }

    private static byte[] convolveColumns(byte[] in, PillowWeights down, int rowBytes, int firstRow) {
        int height = down.first().length;
        byte[] out = new byte[Math.multiplyExact(rowBytes, height)];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < down.count()[y]; k++) {
                addRow(sums, in, (down.first()[y] - firstRow + k) * rowBytes, down.weights()[y * down.taps() + k]);
            }
            for (int x = 0; x < rowBytes; x++) {
                out[y * rowBytes + x] = clip(sums[x]);
            }
        }
        return out;
    }

    private static void addRow(int[] sums, byte[] in, int from, int weight) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += (in[from + x] & 0xff) * weight;
        }
    }

    private static byte clip(int fixed) {
        return (byte) Math.max(0, Math.min(255, fixed >> PillowWeights.BITS));
    }
}
