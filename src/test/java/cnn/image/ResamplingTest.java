package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplingTest {
    private static final int HEIGHT = 7;
    private static final int WIDTH = 5;

    @Test
    void agreesWithTensorFlowsKernel() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Affine from = new Affine(
                    random.nextGaussian(),
                    random.nextGaussian(),
                    6 * random.nextGaussian(),
                    random.nextGaussian(),
                    random.nextGaussian(),
                    6 * random.nextGaussian());
            float[] image = noise(random);
            for (FillMode fill : new FillMode[] {FillMode.REFLECT, FillMode.NEAREST, FillMode.CONSTANT}) {
                float[] moved = image.clone();
                Resampling.move(moved, 0, HEIGHT, WIDTH, from, fill);
                assertThat(moved)
                        .as("seed %d, %s", seed, fill)
                        .containsExactly(asTensorFlow(image, from, fill), within(1e-2f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesWhatItWouldInterpolate(FillMode fill) {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            int right = random.nextInt(40) - 20;
            int down = random.nextInt(40) - 20;
            boolean flipped = random.nextBoolean();
            Affine whole = new Affine(flipped ? -1 : 1, 0, right, 0, 1, down);
            Affine almost = new Affine(whole.xx(), 1e-12, right, 0, 1, down);
            assertThat(whole.keepsPixels()).isTrue();
            assertThat(almost.keepsPixels()).isFalse();
            float[] copied = noise(random);
            float[] interpolated = copied.clone();
            Resampling.move(copied, 0, HEIGHT, WIDTH, whole, fill);
            Resampling.move(interpolated, 0, HEIGHT, WIDTH, almost, fill);
            assertThat(copied).containsExactly(interpolated, within(1e-3f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesComposedAsOneAfterTheOther(FillMode fill) {
        Affine first = Motion.VFLIP.by(1, HEIGHT, WIDTH);
        Affine second = new Affine(1, 0, 2, 0, 1, -3);
        float[] once = noise(new Random(2));
        float[] twice = once.clone();
        Resampling.move(once, 0, HEIGHT, WIDTH, first.then(second), fill);
        Resampling.move(twice, 0, HEIGHT, WIDTH, first, fill);
        Resampling.move(twice, 0, HEIGHT, WIDTH, second, fill);
        assertThat(once).isEqualTo(twice);
    }

    @Test
    void takesASinglePixel() {
        for (FillMode fill : FillMode.values()) {
            float[] pixel = {1, 2, 3};
            Resampling.move(pixel, 0, 1, 1, Motion.ZOOM.by(1.3, 1, 1), fill);
            assertThat(pixel).as("%s", fill).containsExactly(1, 2, 3);
        }
    }

    private static float[] noise(Random random) {
        float[] nhwc = new float[3 * HEIGHT * WIDTH];
        for (int i = 0; i < nhwc.length; i++) {
            nhwc[i] = random.nextInt(256);
        }
        return nhwc;
    }

    /**
     * tensorflow/core/kernels/image/image_ops.h: the coordinate is brought inside first, by MapCoordinate, and then
     * interpolated.
     */
    private static float[] asTensorFlow(float[] image, Affine from, FillMode fill) {
        float[] moved = new float[image.length];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double sourceX = map(from.xx() * x + from.xy() * y + from.x0(), WIDTH, fill);
                double sourceY = map(from.yx() * x + from.yy() * y + from.y0(), HEIGHT, fill);
                for (int c = 0; c < 3; c++) {
                    double value = 0;
                    for (int corner = 0; corner < 4; corner++) {
                        int column = (int) Math.floor(sourceX) + corner % 2;
                        int row = (int) Math.floor(sourceY) + corner / 2;
                        boolean inside = column >= 0 && column < WIDTH && row >= 0 && row < HEIGHT;
                        double weight = (1 - Math.abs(sourceX - column)) * (1 - Math.abs(sourceY - row));
                        value += inside ? weight * image[3 * (row * WIDTH + column) + c] : 0;
                    }
                    moved[3 * (y * WIDTH + x) + c] = (float) value;
                }
            }
        }
        return moved;
    }

    private static double map(double coordinate, int size, FillMode fill) {
        if (fill == FillMode.CONSTANT) {
            return coordinate;
        }
        double inside = coordinate;
        if (fill == FillMode.REFLECT && coordinate < 0) {
            inside += 2 * size * (long) (-coordinate / (2 * size));
            inside = inside < -size ? inside + 2 * size : -inside - 1;
        } else if (fill == FillMode.REFLECT && coordinate > size - 1) {
            inside -= 2 * size * (long) (coordinate / (2 * size));
            inside = inside >= size ? 2 * size - inside - 1 : inside;
        }
        return Math.max(0, Math.min(inside, size - 1));
    }
}
