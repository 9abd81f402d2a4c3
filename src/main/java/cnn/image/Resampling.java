package cnn.image;

import java.util.Arrays;

/**
 * Moves an image: each pixel is taken from where an {@link Affine} says, between four pixels bilinearly as TensorFlow's
 * {@code ImageProjectiveTransformV3} does; without interpolation where each comes from one pixel.
 *
 * <p>Only beyond the border in {@link FillMode#WRAP} do the numbers differ: here the image's last and first pixel are
 * neighbours.
 */
final class Resampling {
    private static final int RGB = 3;

    private final float[] source;
    private final int height;
    private final int width;
    private final FillMode fill;

    private Resampling(float[] source, int height, int width, FillMode fill) {
        this.source = source;
        this.height = height;
        this.width = width;
        this.fill = fill;
    }

    /** Moves the image of height * width * 3 floats that begins at {@code offset}, in place. */
    static void move(float[] nhwc, int offset, int height, int width, Affine from, FillMode fill) {
        int floats = RGB * height * width;
        // One pixel more, which stays black: whatever comes from nowhere comes from there.
        float[] source = new float[floats + RGB];
        System.arraycopy(nhwc, offset, source, 0, floats);
        Resampling image = new Resampling(source, height, width, fill);
        if (from.keepsPixels()) {
            image.copy(nhwc, offset, from);
        } else {
            image.interpolate(nhwc, offset, from);
        }
    }

    private void copy(float[] target, int offset, Affine from) {
        int[] columns = new int[width];
        Arrays.setAll(columns, x -> fill.inside((int) (from.xx() * x + from.x0()), width));
        int to = offset;
        for (int y = 0; y < height; y++) {
            int row = fill.inside((int) (from.yy() * y + from.y0()), height);
            for (int x = 0; x < width; x++) {
                int pixel = place(row, columns[x]);
                target[to] = source[pixel];
                target[to + 1] = source[pixel + 1];
                target[to + 2] = source[pixel + 2];
                to += RGB;
            }
        }
    }

    private void interpolate(float[] target, int offset, Affine from) {
        int to = offset;
        for (int y = 0; y < height; y++) {
            double rowX = from.xy() * y + from.x0();
            double rowY = from.yy() * y + from.y0();
            for (int x = 0; x < width; x++) {
                double sourceX = from.xx() * x + rowX;
                double sourceY = from.yx() * x + rowY;
                int left = (int) Math.floor(sourceX);
                int top = (int) Math.floor(sourceY);
                float right = (float) (sourceX - left);
                float down = (float) (sourceY - top);
                if (left >= 0 && left < width - 1 && top >= 0 && top < height - 1) {
                    int corner = RGB * (top * width + left);
                    int below = corner + RGB * width;
                    blend(target, to, corner, corner + RGB, below, below + RGB, right, down);
                } else {
                    blendAtBorder(target, to, left, top, right, down);
                }
                to += RGB;
            }
        }
    }

    private void blendAtBorder(float[] target, int to, int left, int top, float right, float down) {
        int leftColumn = fill.inside(left, width);
        int rightColumn = fill.inside(left + 1, width);
        int topRow = fill.inside(top, height);
        int bottomRow = fill.inside(top + 1, height);
        blend(
                target,
                to,
                place(topRow, leftColumn),
                place(topRow, rightColumn),
                place(bottomRow, leftColumn),
                place(bottomRow, rightColumn),
                right,
                down);
    }

    /** Blends the pixels that begin at four places, for a point {@code right} and {@code down}, 0 to 1, of the first. */
    private void blend(float[] target, int to, int a, int b, int c, int d, float right, float down) {
        for (int channel = 0; channel < RGB; channel++) {
            float top = source[a + channel] + (source[b + channel] - source[a + channel]) * right;
            float bottom = source[c + channel] + (source[d + channel] - source[c + channel]) * right;
            target[to + channel] = top + (bottom - top) * down;
        }
    }

    private int place(int row, int column) {
        boolean nowhere = row == FillMode.NOWHERE || column == FillMode.NOWHERE;
        return nowhere ? source.length - RGB : RGB * (row * width + column);
    }
}
