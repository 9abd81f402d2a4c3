package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResizeModeTest {
    @Test
    void nearestTakesThePixelUnderTheCentre() throws Exception {
        // 5 to 2: centres at 1.25 and 3.75; 2 to 5: at 0.2, 0.6, 1.0, 1.4, 1.8.
        assertThat(row(ResizeMode.NEAREST, 2, 10, 20, 30, 40, 50)).containsExactly(20, 40);
        assertThat(row(ResizeMode.NEAREST, 5, 10, 20)).containsExactly(10, 10, 20, 20, 20);
    }

    @Test
    void bilinearGivesTensorFlowsValues() throws Exception {
        // tf.image.resize of [[0, 100], [200, 40]] to 4x4; positions -0.25, 0.25, 0.75, 1.25.
        Pixels source = grey(2, 2, 0, 100, 200, 40);
        float[] nhwc = new float[4 * 4 * 3];
        Loading.of(ResizeMode.BILINEAR).load(source, 4, 4, nhwc, 0);
        float[] expected = {0, 25, 75, 100, 50, 58.75f, 76.25f, 85, 150, 126.25f, 78.75f, 55, 200, 160, 80, 40};
        for (int i = 0; i < nhwc.length; i++) {
            assertThat(nhwc[i]).isEqualTo(expected[i / 3]);
        }
    }

    @Test
    void bilinearDoesNotAverageWhenShrinking() throws Exception {
        // 8 to 2: positions 1.5 and 5.5.
        assertThat(row(ResizeMode.BILINEAR, 2, 0, 10, 20, 30, 40, 50, 60, 75)).containsExactly(15, 55);
        assertThat(row(ResizeMode.BILINEAR, 2, 0, 10, 21, 99, 99, 1, 2, 99)).containsExactly(15.5f, 1.5f);
    }

    @Test
    void pillowsBilinearAveragesWhenShrinking() throws Exception {
        // 4 to 2, triangle of half-width 2 around 1 and 3: weights 3, 3, 1 of 7 at the left edge.
        assertThat(row(ResizeMode.PIL_BILINEAR, 2, 70, 0, 0, 0)).containsExactly(30, 0);
        assertThat(row(ResizeMode.PIL_BILINEAR, 2, 0, 0, 70, 0)).containsExactly(10, 30);
    }

    @Test
    void bicubicOvershootsAndIsClipped() throws Exception {
        // Around the step of 0 0 255 255 doubled, Keys' a = -0.5 gives weights -9, 29, 111, -3 or their mirror of 128.
        float[] step = row(ResizeMode.BICUBIC, 8, 0, 0, 255, 255);
        assertThat(step[3]).isEqualTo(Math.round(255 * (29 - 3) / 128.0f));
        assertThat(step[2]).isZero();
        assertThat(step[5]).isEqualTo(255);
    }

    @Test
    void keepsAnImageThatHasTheSizeAlready() throws Exception {
        Pixels noise = noise(new Random(1), 13, 11);
        for (ResizeMode mode : ResizeMode.values()) {
            if (mode != ResizeMode.CENTER_CROP) {
                assertThat(SharedImages.resized(mode, noise, 11, 13))
                        .as(mode.id())
                        .isEqualTo(noise.rgb());
            }
        }
    }

    @Test
    void keepsAnEvenColourAtAnySize() throws Exception {
        Random random = new Random(2);
        for (int seed = 0; seed < 60; seed++) {
            int width = 1 + random.nextInt(60);
            int height = 1 + random.nextInt(60);
            byte[] rgb = new byte[3 * width * height];
            Arrays.fill(rgb, (byte) 201);
            Pixels even = new Pixels(width, height, rgb);
            int toHeight = 1 + random.nextInt(60);
            int toWidth = 1 + random.nextInt(60);
            for (ResizeMode mode : ResizeMode.values()) {
                byte[] result = SharedImages.resized(mode, even, toHeight, toWidth);
                byte[] expected = new byte[3 * toHeight * toWidth];
                Arrays.fill(expected, (byte) 201);
                assertThat(result).as("%s, case %d", mode.id(), seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void writesItsPlaceInTheBatchAndNothingElse() throws Exception {
        Pixels noise = noise(new Random(3), 9, 7);
        for (ResizeMode mode : ResizeMode.values()) {
            float[] alone = new float[4 * 5 * 3];
            Loading.of(mode).load(noise, 4, 5, alone, 0);
            float[] batch = new float[3 * alone.length];
            Arrays.fill(batch, -1);
            Loading.of(mode).load(noise, 4, 5, batch, alone.length);
            assertThat(Arrays.copyOfRange(batch, alone.length, 2 * alone.length))
                    .isEqualTo(alone);
            assertThat(batch[alone.length - 1]).isEqualTo(-1);
            assertThat(batch[2 * alone.length]).isEqualTo(-1);
        }
    }

    @Test
    void heightComesBeforeWidth() throws Exception {
        Pixels noise = noise(new Random(4), 30, 20);
        float[] nhwc = new float[2 * 3 * 3];
        Loading.of(ResizeMode.NEAREST).load(noise, 2, 3, nhwc, 0);
        // Row 1 of 2 is source row 15, column 2 of 3 is source column 25.
        assertThat(nhwc[3 * (3 + 2)]).isEqualTo(noise.rgb()[3 * (15 * 30 + 25)] & 0xff);
    }

    @Test
    void centreCropScalesTheShortSideTo256Of224() throws Exception {
        assertThat(CenterCrop.of(size(500, 375), 224, 224))
                .isEqualTo(new CenterCrop(256, 341, new Crop(16, 58, 224, 224)));
        assertThat(CenterCrop.of(size(375, 500), 224, 224))
                .isEqualTo(new CenterCrop(341, 256, new Crop(58, 16, 224, 224)));
        assertThat(CenterCrop.of(size(400, 400), 299, 299))
                .isEqualTo(new CenterCrop(342, 342, new Crop(22, 22, 299, 299)));
        assertThat(CenterCrop.of(size(400, 400), 112, 224))
                .isEqualTo(new CenterCrop(256, 256, new Crop(72, 16, 112, 224)));
    }

    @Test
    void centreCropIsThePartOfTheWholeResizedImage() throws Exception {
        Random random = new Random(5);
        for (int seed = 0; seed < 20; seed++) {
            Pixels source = noise(random, 20 + random.nextInt(80), 20 + random.nextInt(80));
            int height = 8 + random.nextInt(40);
            int width = 8 + random.nextInt(40);
            CenterCrop plan = CenterCrop.of(size(source.width(), source.height()), height, width);
            Pixels whole = PillowResize.resize(source, PillowFilter.BICUBIC, plan.resizedHeight(), plan.resizedWidth());
            byte[] expected = new byte[3 * height * width];
            for (int y = 0; y < height; y++) {
                int from = 3
                        * ((plan.crop().top() + y) * whole.width() + plan.crop().left());
                System.arraycopy(whole.rgb(), from, expected, 3 * width * y, 3 * width);
            }
            assertThat(SharedImages.resized(ResizeMode.CENTER_CROP, source, height, width))
                    .as("case %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void centreCropTakesStripsOfOnePixel() throws Exception {
        byte[] strip = SharedImages.resized(ResizeMode.CENTER_CROP, blank(20_000_000, 1), 224, 224);
        assertThat(strip).hasSize(224 * 224 * 3).containsOnly(0);
    }

    /** Pillow resizes across first, which makes a picture of 2 GB out of the tall one. */
    @Test
    void resizesStripsOfMillionsOfPixels() throws Exception {
        for (ResizeMode mode : ResizeMode.values()) {
            for (boolean tall : new boolean[] {true, false}) {
                Pixels strip = ramp(3_300_000, tall);
                byte[] rgb = levels(mode, strip, 16, 224);
                int last = tall ? 3 * 15 * 224 : 3 * 223;
                assertThat(rgb[0] & 0xff).as("%s, tall %s", mode.id(), tall).isLessThan(140);
                assertThat(rgb[last] & 0xff).as("%s, tall %s", mode.id(), tall).isGreaterThan(115);
                assertThat(rgb[3 * 5 * 224]).isEqualTo(tall ? rgb[3 * 5 * 224 + 300] : rgb[0]);
            }
        }
    }

    @Test
    void equalColumnsComeFromASingleOne() throws Exception {
        Random random = new Random(6);
        byte[] one = new byte[3 * 50];
        random.nextBytes(one);
        Pixels column = new Pixels(1, 50, one);
        for (PillowFilter filter : PillowFilter.values()) {
            Pixels wide = PillowResize.resize(column.repeated(7), filter, 9, 5);
            assertThat(PillowResize.resize(column, filter, 9, 5).rgb()).isEqualTo(wide.rgb());
        }
    }

    @Test
    void refusesStripsThatWouldTakeMinutes() {
        Pixels strip = blank(2, 40_000_000);
        assertThatThrownBy(() -> Loading.of(ResizeMode.LANCZOS).load(strip, 224, 224, new float[3 * 224 * 224], 0))
                .isInstanceOf(ImageException.class)
                .hasMessage(
                        "2x40000000 pixels are too thin a strip to be resized to 224x224; --resize nearest takes it");
    }

    @Test
    void knowsItsModesByTheirIds() throws Exception {
        assertThat(Arrays.stream(ResizeMode.values()).map(ResizeMode::id))
                .containsExactly(
                        "nearest", "bilinear", "pil-bilinear", "box", "hamming", "bicubic", "lanczos", "center-crop");
        for (ResizeMode mode : ResizeMode.values()) {
            assertThat(ResizeMode.of(mode.id())).isSameAs(mode);
        }
        assertThat(ResizeMode.of("Center_Crop")).isSameAs(ResizeMode.CENTER_CROP);
        assertThatThrownBy(() -> ResizeMode.of("area"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown resize mode 'area'; there are nearest, bilinear, pil-bilinear, box, hamming, bicubic,"
                                + " lanczos, center-crop");
    }

    @Test
    void lanczosWeightsAreSincTimesSinc() throws Exception {
        // At distance 1.5: sinc(1.5) * sinc(0.5) = (sin(1.5 pi) / (1.5 pi)) * (sin(0.5 pi) / (0.5 pi)).
        double expected = -1 / (1.5 * Math.PI) * (1 / (0.5 * Math.PI));
        assertThat(PillowFilter.LANCZOS.at(1.5)).isCloseTo(expected, Offset.offset(1e-15));
        assertThat(PillowFilter.LANCZOS.at(0)).isEqualTo(1);
        assertThat(PillowFilter.LANCZOS.at(3)).isZero();
    }

    /** One row of greys, resized to another width: the red of each pixel. */
    private static float[] row(ResizeMode mode, int width, int... greys) throws ImageException {
        float[] nhwc = new float[3 * width];
        Loading.of(mode).load(grey(greys.length, 1, greys), 1, width, nhwc, 0);
        float[] reds = new float[width];
        for (int x = 0; x < width; x++) {
            reds[x] = nhwc[3 * x];
        }
        return reds;
    }

    private static Pixels grey(int width, int height, int... values) {
        byte[] rgb = new byte[3 * values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return new Pixels(width, height, rgb);
    }

    private static byte[] levels(ResizeMode mode, Pixels source, int height, int width) throws ImageException {
        float[] nhwc = new float[3 * height * width];
        Loading.of(mode).load(source, height, width, nhwc, 0);
        return Pixels.of(nhwc, height, width).rgb();
    }

    /** From black to white along a strip of one pixel's width. */
    private static Pixels ramp(int length, boolean tall) {
        byte[] rgb = new byte[3 * length];
        for (int i = 0; i < length; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (256L * i / length));
        }
        return tall ? new Pixels(1, length, rgb) : new Pixels(length, 1, rgb);
    }

    private static Crop size(int width, int height) {
        return new Crop(0, 0, height, width);
    }

    private static Pixels blank(int width, int height) {
        return new Pixels(width, height, new byte[3 * width * height]);
    }

    private static Pixels noise(Random random, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new Pixels(width, height, rgb);
    }
}
