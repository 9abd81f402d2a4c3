package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.Lookahead;
import cnn.data.ImageInput;
import cnn.data.Sample;
import cnn.data.Target;
import cnn.files.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int SAMPLES = 11;

    @Test
    void theOrderDependsOnSeedAndEpochAlone() {
        int[] order = Batches.order(1000, 5, 1);
        assertThat(order).isEqualTo(Batches.order(1000, 5, 1));
        assertThat(order).isNotEqualTo(Batches.order(1000, 5, 2));
        assertThat(order).isNotEqualTo(Batches.order(1000, 6, 1));
        assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
    }

    @Test
    void everyOrderOfThreeIsAboutEquallyLikely() {
        int[] seen = new int[27];
        for (int epoch = 0; epoch < 6000; epoch++) {
            int[] order = Batches.order(3, 1, epoch);
            seen[9 * order[0] + 3 * order[1] + order[2]]++;
        }
        assertThat(IntStream.of(seen).filter(count -> count > 0))
                .hasSize(6)
                .allMatch(count -> count > 850 && count < 1150);
    }

    @Test
    void givesEverySampleOnceWithItsLabelAndWeightTheRestInTheLastBatch() {
        SampleRows.Numbers rows = SampleRows.Numbers.of(SAMPLES, 2);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            rows.write(i, new float[] {i, -i});
            samples.add(
                    new Sample(ImageInput.of(Path.of("" + i)), new Target(i % 2), Sha256.of(new byte[] {(byte) i})));
        }
        Batches batches = new Batches(new LoadedSamples(rows, samples), new float[] {1, 3}, 4, 2);
        for (int epoch = 1; epoch < 4; epoch++) {
            List<Integer> sizes = new ArrayList<>();
            List<Integer> seen = new ArrayList<>();
            try (Lookahead<Integer, Batches.Inputs> all = batches.shuffled(9, epoch)) {
                while (all.hasNext()) {
                    Batches.Inputs batch = all.next();
                    sizes.add(batch.samples());
                    assertThat(batch.nhwc().remaining()).isEqualTo(2 * batch.samples());
                    for (int i = 0; i < batch.samples(); i++) {
                        int sample = (int) batch.nhwc().get(2 * i);
                        assertThat(batch.nhwc().get(2 * i + 1)).isEqualTo(-sample);
                        assertThat(batch.targets()[i]).isEqualTo(sample % 2);
                        assertThat(batch.weights()[i]).isEqualTo(sample % 2 == 0 ? 1 : 3);
                        seen.add(sample);
                    }
                    batches.reuse(batch);
                }
            }
            assertThat(sizes).containsExactly(4, 4, 3);
            assertThat(seen)
                    .isEqualTo(IntStream.of(Batches.order(SAMPLES, 9, epoch))
                            .boxed()
                            .toList());
        }
    }
}
