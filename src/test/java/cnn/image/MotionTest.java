package cnn.image;

import static cnn.image.Levels.moved;
import static cnn.image.Levels.rgb;
import static cnn.image.Levels.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked by hand. */
class MotionTest {
    private static final Offset<Float> ROUNDING = within(1e-4f);

    @Test
    void flipsLeftForRight() {
        assertThat(moved(Motion.FLIP.by(1, 2, 3), FillMode.CONSTANT, row(1, 2, 3), row(4, 5, 6)))
                .isEqualTo(rgb(row(3, 2, 1), row(6, 5, 4)));
        assertThat(Motion.FLIP.by(0, 2, 3)).isEqualTo(Affine.IDENTITY);
    }

    @Test
    void flipsTopForBottom() {
        assertThat(moved(Motion.VFLIP.by(1, 3, 2), FillMode.CONSTANT, row(1, 2), row(3, 4), row(5, 6)))
                .isEqualTo(rgb(row(5, 6), row(3, 4), row(1, 2)));
    }

    @Test
    void turnsCounterClockwise() {
        float[] turned =
                moved(Motion.ROTATE.by(0.25, 3, 3), FillMode.REFLECT, row(1, 2, 3), row(4, 5, 6), row(7, 8, 9));
        assertThat(turned).containsExactly(rgb(row(3, 6, 9), row(2, 5, 8), row(1, 4, 7)), ROUNDING);
    }

    @Test
    void turnsAnOblongAboutItsMiddle() {
        float[] turned = moved(Motion.ROTATE.by(0.5, 2, 3), FillMode.REFLECT, row(1, 2, 3), row(4, 5, 6));
        assertThat(turned).containsExactly(rgb(row(6, 5, 4), row(3, 2, 1)), ROUNDING);
    }

    @Test
    void zoomsInBelowOneAndOutAboveIt() {
        float[] row = row(0, 10, 20, 30);
        assertThat(moved(Motion.ZOOM.by(0.5, 1, 4), FillMode.REFLECT, row))
                .isEqualTo(rgb(row(7.5f, 12.5f, 17.5f, 22.5f)));
        assertThat(moved(Motion.ZOOM.by(2, 1, 4), FillMode.REFLECT, row)).isEqualTo(rgb(row(5, 5, 25, 25)));
    }

    @ParameterizedTest
    @CsvSource({"REFLECT,20,10,10,20", "NEAREST,10,10,10,20", "WRAP,30,40,10,20"})
    void shiftsByWholePixels(FillMode fill, float a, float b, float c, float d) {
        assertThat(moved(Motion.HSHIFT.by(0.5, 1, 4), fill, row(10, 20, 30, 40)))
                .isEqualTo(rgb(row(a, b, c, d)));
    }

    @Test
    void shiftsDownAndLeavesBlackAbove() {
        assertThat(moved(Motion.VSHIFT.by(0.5, 2, 1), FillMode.CONSTANT, row(10), row(20)))
                .containsExactly(0, 0, 0, 10, 11, 12);
    }

    @Test
    void shiftsByHalfAPixel() {
        Affine half = Motion.HSHIFT.by(0.125, 1, 4);
        assertThat(moved(half, FillMode.REFLECT, row(10, 20, 30, 40))).isEqualTo(rgb(row(10, 15, 25, 35)));
        assertThat(moved(half, FillMode.WRAP, row(10, 20, 30, 40))).isEqualTo(rgb(row(25, 15, 25, 35)));
        assertThat(moved(half, FillMode.CONSTANT, row(10, 20, 30, 40))).startsWith(5, 5.5f, 6, 15, 16, 17);
    }

    @Test
    void shearsColumnsAlongThemselves() {
        float[] sheared =
                moved(Motion.SHEAR.by(30, 3, 3), FillMode.NEAREST, row(0, 0, 0), row(10, 10, 10), row(20, 20, 20));
        assertThat(sheared).containsExactly(rgb(row(5, 0, 0), row(15, 10, 5), row(20, 20, 15)), ROUNDING);
    }

    @Test
    void followsTheOrderOfTheMotions() {
        Affine flip = Motion.FLIP.by(1, 1, 4);
        Affine shift = Motion.HSHIFT.by(0.25, 1, 4);
        float[] row = row(1, 2, 3, 4);
        assertThat(moved(flip.then(shift), FillMode.REFLECT, row)).isEqualTo(rgb(row(4, 4, 3, 2)));
        assertThat(moved(shift.then(flip), FillMode.REFLECT, row)).isEqualTo(rgb(row(3, 2, 1, 1)));
    }

    @Test
    void drawsFromTheWholeRangeEvenly() {
        for (Motion motion : Motion.values()) {
            double middle = motion == Motion.ZOOM ? 1 : 0;
            double sum = 0;
            double low = Double.MAX_VALUE;
            double high = -Double.MAX_VALUE;
            int images = 10_000;
            for (int image = 0; image < images; image++) {
                double value = motion.draw(0.3, Draws.of(42, 7, image));
                sum += value;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            if (motion.hasAmount()) {
                assertThat(low).as("%s", motion).isBetween(middle - 0.3, middle - 0.299);
                assertThat(high).as("%s", motion).isBetween(middle + 0.299, middle + 0.3);
                assertThat(sum / images).as("%s", motion).isCloseTo(middle, within(0.0052)); // three standard errors
            } else {
                assertThat(sum / images).as("%s", motion).isCloseTo(0.5, within(0.015));
            }
        }
    }
}
