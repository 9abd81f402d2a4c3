package cnn.report;

import cnn.evaluate.Heat;
import cnn.image.Pixels;
import java.awt.Color;

/** Heat laid over a picture: the hotter, the less of the picture is seen. */
final class HeatOverlay {
    /** Google's Turbo at equal distances, from cold to hot. */
    private static final int[] TURBO = {0x30123b, 0x4777ef, 0x1bd0d5, 0x62fc6b, 0xd2e935, 0xfe9b2d, 0xdb3a07, 0x7a0403};

    private static final double THINNEST = 0.18;
    private static final double THICKEST = 0.6;

    private HeatOverlay() {}

    /** The picture with the heat over it. */
    static Pixels over(Pixels picture, Heat heat) {
        byte[] rgb = picture.rgb().clone();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                double value = heat.at((y + 0.5) / picture.height(), (x + 0.5) / picture.width());
                Color colour = colour(value);
                double share = THINNEST + (THICKEST - THINNEST) * value;
                int at = 3 * (y * picture.width() + x);
                rgb[at] = mixed(rgb[at], colour.getRed(), share);
                rgb[at + 1] = mixed(rgb[at + 1], colour.getGreen(), share);
                rgb[at + 2] = mixed(rgb[at + 2], colour.getBlue(), share);
            }
        }
        return new Pixels(picture.width(), picture.height(), rgb);
    }

    /** The colour of a value from 0 to 1. */
    static Color colour(double value) {
        double place = Math.max(0, Math.min(1, value)) * (TURBO.length - 1);
        int below = Math.min((int) place, TURBO.length - 2);
        Color from = new Color(TURBO[below]);
        Color to = new Color(TURBO[below + 1]);
        double share = place - below;
        return new Color(
                between(from.getRed(), to.getRed(), share),
                between(from.getGreen(), to.getGreen(), share),
                between(from.getBlue(), to.getBlue(), share));
    }

    private static byte mixed(byte picture, int colour, double share) {
        return (byte) between(picture & 0xff, colour, share);
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
