package cnn.image;

import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * How the samples of a picture become channels of 8 bits: no colour space is converted, no alpha blended.
 *
 * @param bandOf the band that each channel is taken from
 * @param tables what a sample is in each channel
 */
record Channels(int[] bandOf, byte[][] tables) {

    /** R, G and B; or C, M, Y and K where the picture is of these. */
    static Channels of(SampleModel samples, ColorModel colours) throws ImageException {
        int bands = samples.getNumBands();
        byte[][] tables = colours instanceof IndexColorModel palette ? palette(palette) : scales(samples);
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            return new Channels(new int[] {0, 1, 2, 3}, tables);
        }
        // One band is grey or indexes a palette, two are grey and alpha, four are RGB and alpha.
        return new Channels(bands < 3 ? new int[] {0, 0, 0} : new int[] {0, 1, 2}, tables);
    }

    int count() {
        return bandOf.length;
    }

    /** Writes the channels of a row, interleaved. */
    void read(Raster raster, int y, byte[] to, int at) {
        if (InterleavedSamples.isOneArray(raster)) {
            for (int c = 0; c < bandOf.length; c++) {
                InterleavedSamples.readRow(raster, y, bandOf[c], tables[c], to, at + c, bandOf.length);
            }
            return;
        }
        int bands = raster.getNumBands();
        int[] row = raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, (int[]) null);
        for (int x = 0; x < raster.getWidth(); x++) {
            for (int c = 0; c < bandOf.length; c++) {
                to[at + x * bandOf.length + c] = tables[c][row[x * bands + bandOf[c]]];
            }
        }
    }

    /** Writes the channels of one pixel. */
    void read(int[] samples, byte[] to, int at) {
        for (int c = 0; c < bandOf.length; c++) {
            to[at + c] = tables[c][samples[bandOf[c]]];
        }
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
    private static byte[][] scales(SampleModel samples) throws ImageException {
        int bands = samples.getNumBands();
        byte[][] tables = new byte[Math.max(3, bands)][];
        for (int channel = 0; channel < tables.length; channel++) {
            tables[channel] = scale(samples.getSampleSize(bands < 3 ? 0 : channel));
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
