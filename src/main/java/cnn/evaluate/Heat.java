package cnn.evaluate;

/**
 * How much each part of a picture speaks for a class. Not copied.
 *
 * @param values row-major, 0 for nothing to 1 for the most
 */
public record Heat(int height, int width, float[] values) {

    public Heat {
        if (values.length != height * width) {
            throw new IllegalArgumentException(values.length + " values do not make " + height + "x" + width);
        }
    }

    /** The value at a place between the middles of the parts, by linear interpolation; 0 to 1 across the picture. */
    public float at(double down, double across) {
        double y = Math.max(0, Math.min(height - 1, down * height - 0.5));
        double x = Math.max(0, Math.min(width - 1, across * width - 0.5));
        int top = (int) y;
        int left = (int) x;
        double upper = between(top, left, x - left);
        double lower = between(Math.min(top + 1, height - 1), left, x - left);
        return (float) (upper + (y - top) * (lower - upper));
    }

    private double between(int row, int left, double share) {
        double here = values[row * width + left];
        double next = values[row * width + Math.min(left + 1, width - 1)];
        return here + share * (next - here);
    }
}
