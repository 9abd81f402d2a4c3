package cnn.hostile;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Sound pictures, encoded by the JDK: what crafted files are made from. */
final class Pictures {
    private Pictures() {}

    static byte[] encoded(String format, int width, int height) {
        return encoded(format, colourful(width, height), "");
    }

    static byte[] progressiveJpeg(int width, int height) {
        return encoded("jpg", new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "progressive");
    }

    /** A blank page as a scanner makes it: 300 dpi, one bit per pixel or eight. */
    static byte[] blankTiff(String compression, int imageType, int width, int height) {
        BufferedImage page = new BufferedImage(width, height, imageType);
        var graphics = page.createGraphics();
        graphics.setBackground(Color.WHITE);
        graphics.clearRect(0, 0, width, height);
        graphics.dispose();
        return encoded("tiff", page, compression);
    }

    /** @param how a compression, {@code progressive}, or nothing */
    private static byte[] encoded(String format, BufferedImage image, String how) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (how.equals("progressive")) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            } else if (!how.isEmpty()) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType(how);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage colourful(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 5 & 0xff) << 16 | (y * 7 & 0xff) << 8 | (x * y & 0xff));
            }
        }
        return image;
    }
}
