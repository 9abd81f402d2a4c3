package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Decoding and resizing give Pillow's bytes for every image of ../shared/golden, but for 16-bit grey. */
class PillowParityTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false);
    private static final Map<String, ResizeMode> MODES = Map.of(
            "nearest", ResizeMode.NEAREST,
            "bilinear", ResizeMode.PIL_BILINEAR,
            "box", ResizeMode.BOX,
            "hamming", ResizeMode.HAMMING,
            "bicubic", ResizeMode.BICUBIC,
            "lanczos", ResizeMode.LANCZOS);

    @TestFactory
    Stream<DynamicTest> decodesAndResizesGoldenImagesToPillowsBytes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> row :
                SharedImages.rows(SharedImages.golden("golden_resize.json").get("images"))) {
            String file = (String) row.get("file");
            if (!file.contains("gray16")) {
                tests.add(DynamicTest.dynamicTest(file, () -> checkGoldenImage(file, row)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(19);
        return tests.stream();
    }

    private static void checkGoldenImage(String file, Map<String, Object> row) throws ImageException {
        Pixels pixels = DECODER.decode(SharedImages.file(file));
        assertThat(List.of(pixels.width(), pixels.height())).isEqualTo(row.get("size"));
        assertThat(SharedImages.sha256(pixels.rgb())).isEqualTo(row.get("decoded_sha256"));
        Map<String, Object> resized = SharedImages.map(row.get("resized"));
        assertThat(resized).hasSize(8);
        for (Map.Entry<String, Object> entry : resized.entrySet()) {
            String name = entry.getKey();
            Object result = entry.getValue();
            String[] modeAndSize = name.split("_");
            int size = Integer.parseInt(modeAndSize[1]);
            byte[] rgb = SharedImages.resized(MODES.get(modeAndSize[0]), pixels, size, size);
            assertThat(SharedImages.sha256(rgb))
                    .as(name)
                    .isEqualTo(SharedImages.map(result).get("sha256"));
        }
    }

    @TestFactory
    Stream<DynamicTest> loadsGoldenImagesAsKerasDoes() {
        return SharedImages.rows(SharedImages.golden("golden_resize_more.json").get("images")).stream()
                .filter(row -> !row.get("file").toString().contains("gray16"))
                .map(row -> DynamicTest.dynamicTest((String) row.get("file"), () -> checkLoading(row)));
    }

    /** Names such as {@code hamming_224}, {@code keep_box_160x240} and {@code gray_nearest_28}. */
    private static void checkLoading(Map<String, Object> row) throws ImageException {
        Pixels pixels = DECODER.decode(SharedImages.file((String) row.get("file")));
        Map<String, Object> results = SharedImages.map(row.get("results"));
        assertThat(results).hasSize(17);
        for (Map.Entry<String, Object> result : results.entrySet()) {
            List<String> words = new ArrayList<>(List.of(result.getKey().split("_")));
            boolean grey = words.remove("gray");
            AspectRatio aspect = words.remove("keep") ? AspectRatio.KEEP : AspectRatio.STRETCH;
            String[] size = words.get(1).split("x");
            Loading loading = new Loading(MODES.get(words.get(0)), aspect, grey ? ColorMode.GRAYSCALE : ColorMode.RGB);
            byte[] rgb = SharedImages.loaded(
                    loading, pixels, Integer.parseInt(size[0]), Integer.parseInt(size[size.length - 1]));
            assertThat(SharedImages.sha256(grey ? everyThird(rgb) : rgb))
                    .as(result.getKey())
                    .isEqualTo(((List<?>) result.getValue()).get(0));
        }
    }

    private static byte[] everyThird(byte[] rgb) {
        byte[] reds = new byte[rgb.length / 3];
        for (int i = 0; i < reds.length; i++) {
            reds[i] = rgb[3 * i];
        }
        return reds;
    }

    @Test
    void scalesSixteenBitGreyWherePillowClipsIt() throws ImageException {
        int whiteInPillow = 0;
        for (Map<String, Object> row :
                SharedImages.rows(SharedImages.golden("golden_resize.json").get("images"))) {
            String file = (String) row.get("file");
            if (!file.contains("gray16")) {
                continue;
            }
            byte[] rgb = DECODER.decode(SharedImages.file(file)).rgb();
            List<?> pillow = (List<?>) row.get("decoded_pixels");
            for (int i = 0; i < pillow.size(); i++) {
                int at = 3 * (int) ((long) i * (rgb.length / 3) / pillow.size());
                int clipped = (Integer) ((List<?>) pillow.get(i)).get(0);
                if (clipped < 255) {
                    assertThat(rgb[at] & 0xff).as("%s, pixel %d", file, i).isZero();
                } else {
                    whiteInPillow++;
                }
            }
        }
        assertThat(whiteInPillow).isPositive();
        byte[] scaled = DECODER.decode(SharedImages.file("golden/images/gray16_400x266.png"))
                .rgb();
        byte[] colours = DECODER.decode(SharedImages.file("golden/images/rgb_400x266.png"))
                .rgb();
        for (int i = 0; i < scaled.length; i += 3) {
            double luma =
                    0.299 * (colours[i] & 0xff) + 0.587 * (colours[i + 1] & 0xff) + 0.114 * (colours[i + 2] & 0xff);
            assertThat((double) (scaled[i] & 0xff)).isBetween(luma - 2, luma + 2);
        }
    }

    @TestFactory
    Stream<DynamicTest> givesTheNetworkInputsOfTheGoldenPhotos() {
        Map<String, Object> golden = SharedImages.golden("golden_mobilenet_0.25_photos.json");
        List<DynamicTest> tests = new ArrayList<>();
        Map.of(
                        "photos_nearest", ResizeMode.NEAREST,
                        "photos_bilinear", ResizeMode.PIL_BILINEAR,
                        "imagenet_nearest", ResizeMode.NEAREST)
                .forEach((set, mode) -> {
                    for (Map<String, Object> row : SharedImages.rows(golden.get(set))) {
                        String file = (String) row.get("file");
                        tests.add(DynamicTest.dynamicTest(set + ": " + file, () -> checkPhoto(file, mode, row)));
                    }
                });
        assertThat(tests).hasSizeGreaterThanOrEqualTo(218);
        return tests.stream();
    }

    private static void checkPhoto(String file, ResizeMode mode, Map<String, Object> row) throws ImageException {
        Path photo = SharedImages.file(file);
        Pixels pixels = DECODER.decode(photo);
        assertThat(List.of(pixels.width(), pixels.height())).isEqualTo(row.get("size"));
        assertThat(SharedImages.sha256(pixels.rgb())).isEqualTo(row.get("decoded_sha256"));
        assertThat(SharedImages.sha256(SharedImages.resized(mode, pixels, 224, 224)))
                .isEqualTo(row.get("input_sha256"));
    }
}
