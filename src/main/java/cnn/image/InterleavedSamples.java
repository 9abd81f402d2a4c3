package cnn.image;

import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** The samples of a raster that has them pixel by pixel in one array, without going through its general and slow access. */
final class InterleavedSamples {
    private InterleavedSamples() {}

    /** Whether the array behind the raster is its pixels in bytes, one band after the other, without gaps. */
    static boolean isInOrder(Raster raster) {
        int[] order = new int[raster.getNumBands()];
        Arrays.setAll(order, band -> band);
        return isBytes(raster, order);
    }

    /** Whether the array behind the raster is its pixels in bytes, without gaps, each pixel with the bands in this order. */
    static boolean isBytes(Raster raster, int... order) {
        if (!isOneArray(raster) || !(raster.getDataBuffer() instanceof DataBufferByte)) {
            return false;
        }
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
        int bands = order.length;
        return model.getPixelStride() == bands
                && model.getScanlineStride() == bands * raster.getWidth()
                && Arrays.equals(model.getBandOffsets(), order)
                && bytes(raster).length == bands * raster.getWidth() * raster.getHeight();
    }

    /** The array behind the raster, not a copy. */
    static byte[] bytes(Raster raster) {
        return ((DataBufferByte) raster.getDataBuffer()).getData();
    }

    /**
     * Writes what the samples of one band in a row are by a table; for rasters that are {@link #isOneArray one array}.
     *
     * @param at where the first one goes; the next goes {@code step} behind it
     */
    static void readRow(Raster raster, int y, int band, byte[] table, byte[] to, int at, int step) {
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
        int from = y * model.getScanlineStride() + model.getBandOffsets()[band];
        int end = at + raster.getWidth() * step;
        if (raster.getDataBuffer() instanceof DataBufferByte buffer) {
            read(buffer.getData(), from, model.getPixelStride(), table, to, at, end, step);
        } else {
            read(
                    ((DataBufferUShort) raster.getDataBuffer()).getData(),
                    from,
                    model.getPixelStride(),
                    table,
                    to,
                    at,
                    end,
                    step);
        }
    }

    private static void read(byte[] samples, int from, int stride, byte[] table, byte[] to, int at, int end, int step) {
        for (int i = at; i < end; i += step) {
            to[i] = table[samples[from] & 0xff];
            from += stride;
        }
    }

    private static void read(
            short[] samples, int from, int stride, byte[] table, byte[] to, int at, int end, int step) {
        for (int i = at; i < end; i += step) {
            to[i] = table[samples[from] & 0xffff];
            from += stride;
        }
    }

    /** Whether the samples are bytes, or unsigned 16 bits, of one array. */
    static boolean isOneArray(Raster raster) {
        DataBuffer buffer = raster.getDataBuffer();
        return raster.getSampleModel() instanceof PixelInterleavedSampleModel
                && (buffer instanceof DataBufferByte || buffer instanceof DataBufferUShort)
                && buffer.getNumBanks() == 1
                && buffer.getOffset() == 0
                && raster.getSampleModelTranslateX() == 0
                && raster.getSampleModelTranslateY() == 0
                && raster.getMinX() == 0
                && raster.getMinY() == 0;
    }
}
