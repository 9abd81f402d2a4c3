package cnn.image;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** The bytes of a raster that has them pixel by pixel, without going through its general and slow access. */
final class InterleavedBytes {
    private InterleavedBytes() {}

    /** Whether the array behind the raster is its pixels, one band after the other, without gaps. */
    static boolean isInOrder(Raster raster) {
        if (!isByteArray(raster)) {
            return false;
        }
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
        int bands = raster.getNumBands();
        boolean inOrder = model.getPixelStride() == bands && model.getScanlineStride() == bands * raster.getWidth();
        for (int band = 0; band < bands; band++) {
            inOrder &= model.getBandOffsets()[band] == band;
        }
        return inOrder && of(raster).length == bands * raster.getWidth() * raster.getHeight();
    }

    /** The array behind the raster, not a copy. */
    static byte[] of(Raster raster) {
        return ((DataBufferByte) raster.getDataBuffer()).getData();
    }

    /** Writes the samples of a row, interleaved; false, with nothing written, if the raster is of another kind. */
    static boolean readRow(Raster raster, int y, int[] row) {
        if (!isByteArray(raster)) {
            return false;
        }
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
        byte[] bytes = of(raster);
        int[] offsets = model.getBandOffsets();
        int bands = offsets.length;
        for (int band = 0; band < bands; band++) {
            int from = y * model.getScanlineStride() + offsets[band];
            for (int to = band; to < row.length; to += bands) {
                row[to] = bytes[from] & 0xff;
                from += model.getPixelStride();
            }
        }
        return true;
    }

    private static boolean isByteArray(Raster raster) {
        return raster.getSampleModel() instanceof PixelInterleavedSampleModel
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getNumBanks() == 1
                && buffer.getOffset() == 0
                && raster.getSampleModelTranslateX() == 0
                && raster.getSampleModelTranslateY() == 0
                && raster.getMinX() == 0
                && raster.getMinY() == 0;
    }
}
