package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.UserError;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final int SIDE = 12;
    private static final String EVERYTHING = "flip,vflip,rotate:0.1,zoom:0.2,hshift:0.1,vshift:0.1,shear:10,"
            + "channel:20,brightness:0.5-1.5,fill:wrap";

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "none", "fill:wrap", "channel:0", "brightness:1-1"})
    void changesNothingWithoutWords(String spec) {
        Augmentation none = Augmentation.parse(spec);
        assertThat(none.isNone()).isTrue();
        assertThat(none.recipe()).isEqualTo("no augmentation");
        assertThat(augmented(spec, 42, 1, 1)).isEqualTo(picture());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotate:0", "zoom:0", "hshift:0,vshift:0", "shear:0"})
    void changesNothingWithAmountsOfZero(String spec) {
        assertThat(augmented(spec, 42, 1, 1)).isEqualTo(picture());
    }

    @Test
    void givesTheSamePictureForTheSameSeedEpochAndImage() {
        assertThat(augmented(EVERYTHING, 42, 3, 17)).isEqualTo(augmented(EVERYTHING, 42, 3, 17));
    }

    @Test
    void givesAnotherPictureForAnotherSeedOrEpochOrImage() {
        float[] picture = augmented(EVERYTHING, 42, 3, 17);
        assertThat(augmented(EVERYTHING, 43, 3, 17)).isNotEqualTo(picture);
        assertThat(augmented(EVERYTHING, 42, 4, 17)).isNotEqualTo(picture);
        assertThat(augmented(EVERYTHING, 42, 3, 18)).isNotEqualTo(picture);
        assertThat(augmented(EVERYTHING, 3, 42, 17)).isNotEqualTo(picture);
    }

    @Test
    void drawsSplitMixNumbers() {
        SplittableRandom theirs = new SplittableRandom(123);
        Draws ours = new Draws(123);
        for (int i = 0; i < 100; i++) {
            assertThat(ours.coin()).isEqualTo(theirs.nextLong() < 0);
            assertThat(ours.between(-2, 6)).isEqualTo(-2 + 8 * theirs.nextDouble());
        }
    }

    @Test
    void staysWithinItsPlaceInTheBatch() {
        int floats = 3 * SIDE * SIDE;
        float[] batch = new float[3 * floats];
        Arrays.fill(batch, 77);
        System.arraycopy(picture(), 0, batch, floats, floats);
        Augmentation.parse(EVERYTHING).apply(batch, floats, SIDE, SIDE, 1, 2, 3);
        assertThat(Arrays.copyOfRange(batch, 0, floats)).containsOnly(77);
        assertThat(Arrays.copyOfRange(batch, floats, 2 * floats)).isEqualTo(augmented(EVERYTHING, 1, 2, 3));
        assertThat(Arrays.copyOfRange(batch, 2 * floats, 3 * floats)).containsOnly(77);
    }

    @Test
    void givesTheSamePicturesOnManyThreads() {
        Augmentation shared = Augmentation.parse(EVERYTHING);
        float[][] pictures = IntStream.range(0, 64)
                .parallel()
                .mapToObj(image -> {
                    float[] picture = picture();
                    shared.apply(picture, 0, SIDE, SIDE, 5, 0, image);
                    return picture;
                })
                .toArray(float[][]::new);
        for (int image = 0; image < pictures.length; image++) {
            assertThat(pictures[image]).isEqualTo(augmented(EVERYTHING, 5, 0, image));
        }
    }

    @Test
    void multipliesByTheBrightnessUpToWhite() {
        float[] pixel = {10, 100, 200};
        Augmentation.parse("brightness:1.5-1.5").apply(pixel, 0, 1, 1, 42, 0, 0);
        assertThat(pixel).containsExactly(15, 150, 255);
    }

    @Test
    void keepsBrightnessWithinItsRange() {
        float least = 255;
        float greatest = 0;
        for (int image = 0; image < 2000; image++) {
            float[] grey = {100, 100, 100};
            Augmentation.parse("brightness:0.5-1.5").apply(grey, 0, 1, 1, 42, 0, image);
            assertThat(grey[0]).isBetween(50f, 150f).isEqualTo(grey[1]).isEqualTo(grey[2]);
            least = Math.min(least, grey[0]);
            greatest = Math.max(greatest, grey[0]);
        }
        assertThat(least).isCloseTo(50, within(0.5f));
        assertThat(greatest).isCloseTo(150, within(0.5f));
    }

    @Test
    void shiftsChannelsWithinTheImagesOwnRange() {
        float[] levels = {10, 100, 200};
        Colouring.shift(levels, 0, 3, 30);
        assertThat(levels).containsExactly(40, 130, 200);
        levels = new float[] {10, 100, 200};
        Colouring.shift(levels, 0, 3, -30);
        assertThat(levels).containsExactly(10, 70, 170);
    }

    @Test
    void shiftsAllChannelsAlikeByAtMostTheLevelsAskedFor() {
        for (int image = 0; image < 500; image++) {
            float[] levels = {0, 100, 120, 130, 140, 255};
            Augmentation.parse("channel:20").apply(levels, 0, 1, 2, 42, 0, image);
            float shift = levels[1] - 100;
            assertThat(shift).isBetween(-20f, 20f).isNotZero();
            assertThat(levels[2] - 120).isCloseTo(shift, within(1e-4f));
            assertThat(levels[4] - 140).isCloseTo(shift, within(1e-4f));
        }
    }

    @Test
    void tellsItsRecipeTidily() {
        assertThat(Augmentation.parse(" Rotate:0.10 , FLIP,brightness:.80-1.20 ")
                        .recipe())
                .isEqualTo("augmentation 1, rotate:0.1,flip,brightness:0.8-1.2,fill:reflect");
        assertThat(Augmentation.parse("flip,fill:constant")).hasToString("flip,fill:constant");
        assertThat(Augmentation.parse(Augmentation.parse(EVERYTHING).toString()).recipe())
                .isEqualTo("augmentation 1, " + EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "flipp; 'flipp' is no augmentation; expected flip, vflip, rotate:0.1 (of a turn)",
                "flip,; '' is no augmentation; expected",
                "flip:1; takes no number",
                "flip,zoom:0.1,flip; give it once",
                "rotate; a fraction of a turn from 0 to 1, 0.125 for 45 degrees",
                "rotate:45; a fraction of a turn from 0 to 1, 0.125 for 45 degrees",
                "rotate:-0.1; a fraction of a turn",
                "rotate:NaN; a fraction of a turn",
                "rotate:0x1p-3; a fraction of a turn",
                "zoom:1; a fraction from 0 to 0.99",
                "hshift:1e-2; a fraction of the width",
                "vshift:; a fraction of the height",
                "shear:90; degrees from 0 to 89",
                "channel:256; levels from 0 to 255",
                "brightness:0.5; two factors",
                "brightness:1.2-0.8; the lower first",
                "brightness:1-99999; two factors",
                "fill:mirror; reflect, nearest, constant or wrap",
                "fill; reflect, nearest, constant or wrap"
            })
    void refusesWhatItCannotRead(String spec, String what) {
        assertThatThrownBy(() -> Augmentation.parse(spec))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--augment: '")
                .hasMessageContaining(what)
                .matches(error -> ((UserError) error).kind() == UserError.Kind.USAGE)
                .hasMessageNotContaining("\n");
    }

    private static float[] augmented(String spec, long seed, int epoch, long imageKey) {
        float[] picture = picture();
        Augmentation.parse(spec).apply(picture, 0, SIDE, SIDE, seed, epoch, imageKey);
        return picture;
    }

    private static float[] picture() {
        float[] nhwc = new float[3 * SIDE * SIDE];
        for (int i = 0; i < nhwc.length; i++) {
            nhwc[i] = (i * 37) % 256;
        }
        return nhwc;
    }
}
