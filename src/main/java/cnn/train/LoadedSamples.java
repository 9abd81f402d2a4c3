package cnn.train;

import cnn.data.Sample;
import java.util.List;

/**
 * A part of a data set, read.
 *
 * @param samples those that could be read; the n-th is the n-th row
 */
record LoadedSamples(SampleRows rows, List<Sample> samples) {

    LoadedSamples {
        samples = List.copyOf(samples);
    }

    int size() {
        return samples.size();
    }

    /** The class of each. */
    int[] classes() {
        return samples.stream().mapToInt(sample -> sample.target().classIndex()).toArray();
    }
}
