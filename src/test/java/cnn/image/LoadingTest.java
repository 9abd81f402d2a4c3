package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LoadingTest {
    private static final Path EXPECTED = Path.of("src/test/resources/cnn/image/loading/expected.tsv");
    private static final List<ResizeMode> PILLOWS = List.of(
            ResizeMode.NEAREST,
            ResizeMode.PIL_BILINEAR,
            ResizeMode.BOX,
            ResizeMode.HAMMING,
            ResizeMode.BICUBIC,
            ResizeMode.LANCZOS);

    /** Keras's definitions with Pillow's filters, as make.py beside the file has computed them. */
    @TestFactory
    Stream<DynamicTest> loadsAsKerasDoesWithEveryFilterOfPillow() throws IOException {
        List<String> rows = Files.readAllLines(EXPECTED);
        assertThat(rows).hasSize(200);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.substring(0, row.lastIndexOf('\t')), () -> {
                    String[] cells = row.split("\t");
                    int[] sizes = Stream.of(cells)
                            .limit(4)
                            .mapToInt(Integer::parseInt)
                            .toArray();
                    Pixels picture = byFormula(sizes[0], sizes[1]);
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    for (ResizeMode filter : PILLOWS) {
                        Loading loading = new Loading(filter, AspectRatio.of(cells[4]), ColorMode.RGB);
                        all.writeBytes(SharedImages.loaded(loading, picture, sizes[2], sizes[3]));
                    }
                    assertThat(SharedImages.sha256(all.toByteArray())).isEqualTo(cells[5]);
                }));
    }

    @Test
    void whatIsCutOutIsAllThatAFilterSees() throws Exception {
        Pixels picture = byFormula(50, 20);
        Pixels middle = part(picture, 0, 15, 20, 20);
        for (ResizeMode filter : filters()) {
            for (AspectRatio aspect : List.of(AspectRatio.CROP, AspectRatio.SMART)) {
                assertThat(levels(new Loading(filter, aspect, ColorMode.RGB), picture, 9, 9))
                        .as("%s %s", filter, aspect)
                        .isEqualTo(levels(Loading.of(filter), middle, 9, 9));
            }
        }
        assertThat(levels(new Loading(ResizeMode.BILINEAR, AspectRatio.KEEP, ColorMode.RGB), picture, 9, 9))
                .isEqualTo(levels(Loading.of(ResizeMode.BILINEAR), middle, 9, 9));
        assertThat(levels(new Loading(ResizeMode.LANCZOS, AspectRatio.KEEP, ColorMode.RGB), picture, 9, 9))
                .isNotEqualTo(levels(Loading.of(ResizeMode.LANCZOS), middle, 9, 9));
    }

    @Test
    void paddingIsBlackAroundTheWholePicture() throws Exception {
        Pixels picture = byFormula(40, 20);
        for (ResizeMode filter : filters()) {
            float[] padded = levels(new Loading(filter, AspectRatio.PAD, ColorMode.RGB), picture, 16, 16);
            float[] whole = levels(Loading.of(filter), picture, 8, 16);
            int bar = 3 * 16 * 4;
            assertThat(Arrays.copyOfRange(padded, bar, bar + whole.length)).isEqualTo(whole);
            Arrays.fill(padded, bar, bar + whole.length, 0);
            assertThat(padded).containsOnly(0);
        }
    }

    /** 128 / (128 / 224) is a little less than 224 in TensorFlow's float32, and is rounded down. */
    @Test
    void paddingLeavesTheBlackLineThatTensorFlowLeaves() {
        assertThat(AspectRatio.PAD
                        .place(new Crop(0, 0, 375, 500), new Crop(0, 0, 224, 224))
                        .target())
                .isEqualTo(new Crop(28, 0, 168, 224));
        assertThat(AspectRatio.PAD
                        .place(new Crop(0, 0, 128, 128), new Crop(0, 0, 224, 224))
                        .target())
                .isEqualTo(new Crop(0, 0, 223, 223));
    }

    /** A graph computes in float32, which has no whole numbers beyond 16,777,216 but every other one. */
    @Test
    void cropAndSmartDifferInTheirArithmetic() {
        Crop source = new Crop(0, 0, 137_313, 63_451);
        Crop input = new Crop(0, 0, 299, 299);
        assertThat(AspectRatio.SMART.place(source, input).part().height()).isEqualTo(63_451);
        assertThat(AspectRatio.CROP.place(source, input).part().height()).isEqualTo(63_450);
    }

    @Test
    void stripsOfOnePixelKeepOne() throws Exception {
        for (AspectRatio aspect : AspectRatio.values()) {
            for (int[] size : new int[][] {{1, 2_000_000}, {2_000_000, 1}}) {
                Pixels strip = new Pixels(size[0], size[1], new byte[3 * 2_000_000]);
                for (ResizeMode filter : filters()) {
                    assertThat(levels(new Loading(filter, aspect, ColorMode.RGB), strip, 7, 5))
                            .containsOnly(0);
                }
            }
        }
    }

    @Test
    void greyIsPillowsAndComesBeforeTheFilter() throws Exception {
        Random random = new Random(8);
        byte[] rgb = new byte[3 * 31 * 17];
        random.nextBytes(rgb);
        Pixels noise = new Pixels(31, 17, rgb);
        for (ResizeMode filter : filters()) {
            float[] grey = levels(new Loading(filter, AspectRatio.STRETCH, ColorMode.GRAYSCALE), noise, 8, 8);
            assertThat(grey).isEqualTo(levels(Loading.of(filter), noise.grey(), 8, 8));
        }
    }

    @Test
    void centreCropHasProportionsOfItsOwn() {
        assertThatThrownBy(() -> new Loading(ResizeMode.CENTER_CROP, AspectRatio.PAD, ColorMode.RGB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "center-crop is a way with the proportions of its own; --aspect goes with another --resize");
    }

    @Test
    void writesItsPlaceInTheBatchAndNothingElse() throws Exception {
        Pixels picture = byFormula(40, 20);
        for (AspectRatio aspect : AspectRatio.values()) {
            Loading loading = new Loading(ResizeMode.BOX, aspect, ColorMode.RGB);
            float[] batch = new float[3 * 192];
            Arrays.fill(batch, -1);
            loading.load(picture, 8, 8, batch, 192);
            assertThat(Arrays.copyOfRange(batch, 192, 384)).isEqualTo(levels(loading, picture, 8, 8));
            assertThat(batch[191]).isEqualTo(-1);
            assertThat(batch[384]).isEqualTo(-1);
        }
    }

    @Test
    void knowsItsWaysByTheirIds() {
        for (AspectRatio aspect : AspectRatio.values()) {
            assertThat(AspectRatio.of(aspect.name().toLowerCase(Locale.ROOT))).isSameAs(aspect);
        }
        assertThatThrownBy(() -> AspectRatio.of("squash")).hasMessage("no aspect is named squash");
        assertThat(new Loading(ResizeMode.BOX, AspectRatio.SMART, ColorMode.GRAYSCALE))
                .hasToString("box, aspect smart, color grayscale");
        assertThat(Loading.of(ResizeMode.NEAREST)).hasToString("nearest");
    }

    private static List<ResizeMode> filters() {
        return Arrays.stream(ResizeMode.values())
                .filter(mode -> mode != ResizeMode.CENTER_CROP)
                .toList();
    }

    private static float[] levels(Loading loading, Pixels picture, int height, int width) throws ImageException {
        float[] nhwc = new float[3 * height * width];
        loading.load(picture, height, width, nhwc, 0);
        return nhwc;
    }

    /** The pictures of make.py. */
    private static Pixels byFormula(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int c = i % 3;
            int x = i / 3 % width;
            int y = i / 3 / width;
            rgb[i] = (byte) (x * 7 + y * 13 + c * 29 + x * y * (c + 1));
        }
        return new Pixels(width, height, rgb);
    }

    private static Pixels part(Pixels picture, int top, int left, int height, int width) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(picture.rgb(), 3 * ((top + y) * picture.width() + left), rgb, 3 * width * y, 3 * width);
        }
        return new Pixels(width, height, rgb);
    }
}
