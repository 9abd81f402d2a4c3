package cnn.image;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * What the JDK's PNG reader writes its rows to, and which keeps their RGB only: a picture of 16 bits or with alpha takes no
 * more memory than its result, and no time for its samples to be put down and picked up again.
 */
final class RgbRaster extends WritableRaster {
    private final Channels channels;
    private final byte[] rgb;

    private RgbRaster(SampleModel samples, Channels channels) {
        super(samples, new DataBufferUShort(1), new Point());
        this.channels = channels;
        this.rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    }

    /** Reads the first image of a reader that writes by rows and pixels. */
    static Pixels read(ImageReader reader) throws IOException, ImageException {
        ImageTypeSpecifier type = reader.getImageTypes(0).next();
        SampleModel samples = type.getSampleModel(reader.getWidth(0), reader.getHeight(0));
        RgbRaster raster = new RgbRaster(samples, Channels.of(samples, type.getColorModel()));
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setDestination(new BufferedImage(type.getColorModel(), raster, false, null));
        reader.read(0, parameters);
        return new Pixels(raster.width, raster.height, raster.rgb);
    }

    @Override
    public void setRect(int left, int top, Raster rows) {
        for (int y = 0; y < rows.getHeight(); y++) {
            channels.read(rows, y, rgb, 3 * ((top + y) * width + left));
        }
    }

    @Override
    public void setPixel(int x, int y, int[] samples) {
        channels.read(samples, rgb, 3 * (y * width + x));
    }
}
