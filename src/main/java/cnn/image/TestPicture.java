package cnn.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A drawn JPEG that costs a decoder about as much as a photograph: soft shapes with fine grain. */
public final class TestPicture {

    private TestPicture() {}

    /** Writes the picture, in pixels, and gives its path. */
    public static Path write(Path file, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        long grain = 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                grain = grain * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX generator
                int noise = (int) (grain >>> 60) - 8;
                int red = level(128 + 90 * Math.sin(x * 0.02) + noise);
                int green = level(128 + 90 * Math.sin(y * 0.03 + x * 0.01) + noise);
                int blue = level(128 + 90 * Math.cos((x + y) * 0.015) + noise);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        if (!ImageIO.write(image, "jpg", file.toFile())) {
            throw new IOException("this Java cannot write JPEG");
        }
        return file;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, value));
    }
}
