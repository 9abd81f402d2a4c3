package cnn.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds the best penalty of its path, and nothing depends on threads. */
class LinearHeadSearchTest {

    @ParameterizedTest
    @ValueSource(strings = {"pets", "flowers", "cifar"})
    @EnabledIf("cnn.linear.LinearHeadData#isHere")
    void takesThePenaltyThatIsRightMostOften(String name) {
        Samples samples = LinearHeadData.samples(name);
        LinearHeadSearch.Found found = new LinearHeadSearch(OptionalDouble.empty(), 5, 42, 2).find(samples);
        assertThat(found.path()).hasSize(20).allMatch(tried -> tried.accuracy() <= found.accuracy());
        assertThat(found.path()).anyMatch(tried -> tried.penalty() == found.penalty());
        assertThat(found.accuracy())
                .isBetween(found.interval().low(), found.interval().high());
        assertThat(found.gradientMax()).isLessThan(1e-6 * found.objective());
        LinearHeadSearch.Found again = new LinearHeadSearch(OptionalDouble.empty(), 5, 42, 1).find(samples);
        assertThat(again.path()).isEqualTo(found.path());
        assertThat(Arrays.deepEquals(again.model().weights(), found.model().weights()))
                .isTrue();
        assertThat(again.model().intercepts()).containsExactly(found.model().intercepts());
    }

    @Test
    void dealsEveryClassOutEvenly() {
        int[] labels = IntStream.range(0, 103).map(i -> i % 10 == 0 ? 1 : 0).toArray();
        Samples samples = Samples.of(new double[103][1], labels, 2);
        List<int[]> folds = Folds.stratified(samples, 5, 7);
        assertThat(folds.stream().flatMapToInt(IntStream::of).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 103).boxed().toList());
        assertThat(folds).allSatisfy(rows -> {
            assertThat(rows.length).isBetween(20, 21);
            assertThat(IntStream.of(rows).filter(row -> labels[row] == 1).count())
                    .isBetween(2L, 3L);
        });
        assertThat(Folds.stratified(samples, 5, 8).get(0)).isNotEqualTo(folds.get(0));
    }

    @Test
    void refusesMoreFoldsThanSamples() {
        Samples samples = Samples.of(new double[3][1], new int[] {0, 1, 0}, 2);
        LinearHeadSearch search = new LinearHeadSearch(OptionalDouble.empty(), 5, 42, 1);
        assertThatThrownBy(() -> search.find(samples)).hasMessage("3 samples cannot be dealt out to 5 folds");
    }
}
