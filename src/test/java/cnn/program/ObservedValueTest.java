package cnn.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObservedValueTest {
    private static final int NUMBERS = 400_000;

    @Test
    void methodsCutOffARareNumberFarOutside() {
        ObservedValue value = new ObservedValue(1);
        value.add(FloatBuffer.wrap(numbers(false)));
        assertThat(value.range(RangeMethod.MINMAX).high()).isEqualTo(30);
        assertThat(value.range(RangeMethod.PERCENTILE).high()).isBetween(4f, 6f);
        assertThat(value.range(RangeMethod.MSE).high()).isBetween(8f, 28f);
        assertThat(value.range(RangeMethod.ENTROPY).high()).isBetween(1f, 28f);
    }

    @Test
    void numbersOfBothSignsAreCutOffAlike() {
        ObservedValue value = new ObservedValue(1);
        value.add(FloatBuffer.wrap(numbers(true)));
        Range range = value.range(RangeMethod.PERCENTILE);
        assertThat(range.high()).isBetween(4f, 6f);
        assertThat(range.low()).isBetween(-6f, -4f);
    }

    @Test
    void withoutRareNumbersLittleIsCutOff() {
        ObservedValue value = new ObservedValue(1);
        float[] even = new float[NUMBERS];
        for (int i = 0; i < even.length; i++) {
            even[i] = 6f * i / even.length;
        }
        value.add(FloatBuffer.wrap(even));
        for (RangeMethod method : RangeMethod.values()) {
            assertThat(value.range(method).high()).as(method.id()).isBetween(5.8f, 6f);
        }
    }

    @Test
    void zerosAloneAreARange() {
        ObservedValue value = new ObservedValue(2);
        value.add(FloatBuffer.wrap(new float[8]));
        for (RangeMethod method : RangeMethod.values()) {
            assertThat(value.range(method).high()).as(method.id()).isZero();
            assertThat(Grid.of(value.range(method))).isEqualTo(new Grid(false, 1));
        }
    }

    private static float[] numbers(boolean signed) {
        Random random = new Random(1);
        float[] numbers = new float[NUMBERS];
        for (int i = 0; i < numbers.length; i++) {
            float number = (float) random.nextGaussian();
            numbers[i] = signed ? number : Math.abs(number);
        }
        numbers[7] = 30;
        return numbers;
    }
}
