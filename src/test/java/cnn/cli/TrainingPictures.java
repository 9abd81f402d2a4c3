package cnn.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Noise of 32x32 that is brighter on the left or on the right: two classes that are easily told apart. */
public final class TrainingPictures {
    private static final int SIDE = 32;

    private TrainingPictures() {}

    /** A folder per class, directly in {@code folder}. */
    public static Path in(Path folder, int perClass) throws IOException {
        for (int i = 0; i < perClass; i++) {
            picture(folder.resolve("left/" + i + ".png"), i, true);
            picture(folder.resolve("right/" + i + ".png"), 1000 + i, false);
        }
        return folder;
    }

    static void picture(Path file, int seed, boolean left) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < SIDE; x++) {
            for (int y = 0; y < SIDE; y++) {
                int level = random.nextInt(150) + (x < SIDE / 2 == left ? 105 : 0);
                image.setRGB(x, y, level << 16 | level << 8 | level);
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
