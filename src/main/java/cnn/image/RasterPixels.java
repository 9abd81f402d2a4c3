package cnn.image;

import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Takes RGB out of a decoded raster, sample by sample: no colour space is converted, no alpha blended. */
final class RasterPixels {
    private RasterPixels() {}

    static Pixels of(Raster raster, ColorModel colours) throws ImageException {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        int height = raster.getHeight();
        boolean isPalette = colours instanceof IndexColorModel;
        if (bands == 3 && !isPalette && InterleavedBytes.isInOrder(raster)) {
            return new Pixels(width, height, InterleavedBytes.of(raster));
        }
        byte[][] tables = colours instanceof IndexColorModel palette ? palette(palette) : scales(raster);
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            return new Pixels(width, height, Cmyk.toRgb(samples(raster, tables, new int[] {0, 1, 2, 3}), 0));
        }
        // One band is grey or indexes a palette, two are grey and alpha, four are RGB and alpha.
        int[] bandOf = bands < 3 ? new int[] {0, 0, 0} : new int[] {0, 1, 2};
        return new Pixels(width, height, samples(raster, tables, bandOf));
    }

    /** Interleaved 8-bit samples, channel c from band {@code bandOf[c]} through {@code tables[c]}. */
    private static byte[] samples(Raster raster, byte[][] tables, int[] bandOf) {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] samples = new byte[Math.multiplyExact(bandOf.length, Math.multiplyExact(width, height))];
        int[] row = new int[Math.multiplyExact(width, bands)];
        int to = 0;
        for (int y = 0; y < height; y++) {
            if (!InterleavedBytes.readRow(raster, y, row)) {
                raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            }
            for (int from = 0; from < row.length; from += bands) {
                for (int c = 0; c < bandOf.length; c++) {
                    samples[to++] = tables[c][row[from + bandOf[c]]];
                }
            }
        }
        return samples;
    }

    /** An index beyond the palette is a grey of that level: Pillow's palettes start out as a ramp. */
    private static byte[][] palette(IndexColorModel palette) {
        byte[][] tables = new byte[3][1 << palette.getPixelSize()];
        for (byte[] table : tables) {
            for (int index = 0; index < table.length; index++) {
                table[index] = (byte) index;
            }
        }
        palette.getReds(tables[0]);
        palette.getGreens(tables[1]);
        palette.getBlues(tables[2]);
        return tables;
    }

    /** What a sample of each band is in 8 bits: its upper 8, or fewer spread over 0 to 255. */
    private static byte[][] scales(Raster raster) throws ImageException {
        int bands = raster.getNumBands();
        byte[][] tables = new byte[Math.max(3, bands)][];
        for (int channel = 0; channel < tables.length; channel++) {
            tables[channel] = scale(raster.getSampleModel().getSampleSize(bands < 3 ? 0 : channel));
        }
        return tables;
    }

    private static byte[] scale(int bits) throws ImageException {
        if (bits > 16) {
            throw ImageException.unsupported("image with " + bits + " bits a sample");
        }
        byte[] table = new byte[1 << bits];
        for (int value = 0; value < table.length; value++) {
            table[value] = (byte) (bits >= 8 ? value >> (bits - 8) : value * 255 / (table.length - 1));
        }
        return table;
    }
}
