package cnn.report;

import java.awt.Color;

/** The colours of a chart: for paper and light screens, or for dark ones. */
enum Theme {
    LIGHT(0x1b1f24, 0x59636e, 0xd8dee4, 0xffffff, 0x1f6fd0, 0xd9591c, 0x2d8a57, 0xf2f6fb, 0x0b3d7a),
    DARK(0xe6edf3, 0x9aa7b4, 0x30363d, 0x161b22, 0x58a6ff, 0xff9a5c, 0x56c288, 0x1c2531, 0x9ecbff);

    private final Color text;
    private final Color quiet;
    private final Color lines;
    private final Color background;
    private final Color[] series;
    private final Color low;
    private final Color high;

    Theme(int text, int quiet, int lines, int background, int first, int second, int third, int low, int high) {
        this.text = new Color(text);
        this.quiet = new Color(quiet);
        this.lines = new Color(lines);
        this.background = new Color(background);
        this.series = new Color[] {new Color(first), new Color(second), new Color(third)};
        this.low = new Color(low);
        this.high = new Color(high);
    }

    Color text() {
        return text;
    }

    /** Of what is said by the way: the numbers of axes. */
    Color quiet() {
        return quiet;
    }

    /** Of grids and borders. */
    Color lines() {
        return lines;
    }

    Color background() {
        return background;
    }

    /** The colour of the n-th of three series, from 0. */
    Color series(int index) {
        return series[index % series.length];
    }

    /** Between the colours of none and of all, by a share from 0 to 1. */
    Color heat(double share) {
        return new Color(
                mixed(low.getRed(), high.getRed(), share),
                mixed(low.getGreen(), high.getGreen(), share),
                mixed(low.getBlue(), high.getBlue(), share));
    }

    /** What can be read on {@link #heat}. */
    Color onHeat(double share) {
        boolean strong = share > 0.5;
        return strong ? background : text;
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * Math.max(0, Math.min(1, share)));
    }
}
