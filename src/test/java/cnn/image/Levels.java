package cnn.image;

/** Small pictures for tests: rows of levels; green is one level above red, blue two. */
final class Levels {
    private Levels() {}

    static float[] rgb(float[]... rows) {
        float[] nhwc = new float[3 * rows.length * rows[0].length];
        int to = 0;
        for (float[] row : rows) {
            for (float level : row) {
                nhwc[to++] = level;
                nhwc[to++] = level + 1;
                nhwc[to++] = level + 2;
            }
        }
        return nhwc;
    }

    static float[] row(float... levels) {
        return levels;
    }

    /** The picture of {@code rows} moved. */
    static float[] moved(Affine from, FillMode fill, float[]... rows) {
        float[] nhwc = rgb(rows);
        Resampling.move(nhwc, 0, rows.length, rows[0].length, from, fill);
        return nhwc;
    }
}
