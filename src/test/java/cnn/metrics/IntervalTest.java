package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

    /** The expected values were worked out apart, in Python. */
    @Test
    void ofAShareIsWilsons() {
        assertInterval(8, 10, 0.4901625, 0.9433178);
        assertInterval(0, 10, 0, 0.2775328);
        assertInterval(10, 10, 0.7224672, 1);
    }

    private static void assertInterval(long right, long all, double low, double high) {
        assertThat(Interval.ofShare(right, all).low()).isCloseTo(low, within(1e-6));
        assertThat(Interval.ofShare(right, all).high()).isCloseTo(high, within(1e-6));
    }
}
