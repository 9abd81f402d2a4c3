package cnn.report;

import cnn.evaluate.LookInside.Planes;
import cnn.image.PictureGrid;
import cnn.image.Pixels;
import cnn.image.PngEncoder;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** Planes of numbers as tiles of one picture. */
public final class Tiles {
    private static final int SIDE = 64;

    private Tiles() {}

    /**
     * A PNG file of planes with three colours: grey is 0, and the largest number of each plane, up or down, is full colour.
     */
    public static byte[] colours(Planes planes) {
        int each = planes.height() * planes.width() * planes.channels();
        List<Pixels> tiles = new ArrayList<>();
        for (int plane = 0; plane < planes.count(); plane++) {
            float most = 0;
            for (int i = 0; i < each; i++) {
                most = Math.max(most, Math.abs(planes.values()[plane * each + i]));
            }
            byte[] rgb = new byte[each];
            for (int i = 0; i < each; i++) {
                float value = most == 0 ? 0 : planes.values()[plane * each + i] / most;
                rgb[i] = (byte) Math.round(127.5f + 127.5f * value);
            }
            tiles.add(enlarged(planes, rgb));
        }
        return sheet(tiles);
    }

    /** A PNG file of planes with one number for each place, each from its smallest, dark, to its largest, red. */
    public static byte[] heat(Planes planes) {
        int each = planes.height() * planes.width();
        List<Pixels> tiles = new ArrayList<>();
        for (int plane = 0; plane < planes.count(); plane++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < each; i++) {
                least = Math.min(least, planes.values()[plane * each + i]);
                most = Math.max(most, planes.values()[plane * each + i]);
            }
            byte[] rgb = new byte[3 * each];
            for (int i = 0; i < each; i++) {
                float value = most == least ? 0 : (planes.values()[plane * each + i] - least) / (most - least);
                Color colour = HeatOverlay.colour(value);
                rgb[3 * i] = (byte) colour.getRed();
                rgb[3 * i + 1] = (byte) colour.getGreen();
                rgb[3 * i + 2] = (byte) colour.getBlue();
            }
            tiles.add(enlarged(planes, rgb));
        }
        return sheet(tiles);
    }

    private static byte[] sheet(List<Pixels> tiles) {
        int columns = (int) Math.ceil(Math.sqrt(tiles.size()));
        return PngEncoder.encode(PictureGrid.of(tiles, columns));
    }

    /** Each number as a square of so many pixels that the tile can be seen. */
    private static Pixels enlarged(Planes planes, byte[] rgb) {
        int height = planes.height();
        int width = planes.width();
        int step = Math.max(1, SIDE / Math.max(height, width));
        byte[] large = new byte[rgb.length * step * step];
        for (int y = 0; y < height * step; y++) {
            for (int x = 0; x < width * step; x++) {
                System.arraycopy(rgb, 3 * (y / step * width + x / step), large, 3 * (y * width * step + x), 3);
            }
        }
        return new Pixels(width * step, height * step, large);
    }
}
