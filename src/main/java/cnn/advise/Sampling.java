package cnn.advise;

import cnn.data.Sample;
import cnn.data.SplitByContent;
import cnn.network.Node;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many images are tried, and which. The number follows from the budget and from what a usual machine computes in a second, and
 * not from the clock, so that one seed and one budget always try the same images.
 *
 * @param classes of the images
 * @param seconds that all networks together may take
 */
record Sampling(int classes, double seconds, long seed) {
    private static final double DECODING_SECONDS = 0.004;
    private static final double MULTIPLY_ADDS_PER_SECOND = 1e10;
    /** Of the search for the best penalty: fits, their iterations, operations for each number. */
    private static final double OPERATIONS_PER_FEATURE = 7 * 5 * 45 * 3.2;

    private static final double OPERATIONS_PER_SECOND = 3e9;
    private static final int LEAST_OF_A_CLASS = 20;
    private static final int LEAST = 200;

    /** How many of {@code images} there is time for. */
    int size(List<NetworkPlan> networks, int images) {
        int least = Math.min(images, Math.max(LEAST, LEAST_OF_A_CLASS * classes));
        int most = images;
        if (seconds(networks, most) <= seconds) {
            return most;
        }
        int affordable = least;
        while (most - affordable > 1) {
            int middle = affordable + (most - affordable) / 2;
            if (seconds(networks, middle) <= seconds) {
                affordable = middle;
            } else {
                most = middle;
            }
        }
        return Math.max(
                least,
                new BigDecimal(affordable)
                        .round(new MathContext(2, RoundingMode.DOWN))
                        .intValue());
    }

    /** So many of the samples, of each class its share, but some of each; in the same order. */
    List<Sample> of(List<Sample> samples, int size) {
        if (size >= samples.size()) {
            return samples;
        }
        List<Sample> chosen = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int index = label;
            List<Sample> ofClass = samples.stream()
                    .filter(sample -> sample.target().classIndex() == index)
                    .toList();
            double share = Math.max((double) size / samples.size(), (double) LEAST_OF_A_CLASS / ofClass.size());
            if (share >= 1) {
                chosen.addAll(ofClass);
            } else {
                List<Boolean> taken = new SplitByContent(share, seed).heldBack(ofClass);
                IntStream.range(0, ofClass.size())
                        .filter(taken::get)
                        .mapToObj(ofClass::get)
                        .forEach(chosen::add);
            }
        }
        return chosen;
    }

    private double seconds(List<NetworkPlan> networks, int images) {
        return networks.stream()
                .mapToDouble(network -> seconds(network, images))
                .sum();
    }

    private double seconds(NetworkPlan network, double images) {
        int units = classes == 2 ? 1 : classes;
        double seconds = images * (DECODING_SECONDS + network.multiplyAdds().get(0) / MULTIPLY_ADDS_PER_SECOND);
        for (Node cut : network.cuts()) {
            double features = cut.outputShape().channels();
            double narrow = Math.min(images, features);
            double probing = images * features * units * OPERATIONS_PER_FEATURE;
            double scoring = images * features * narrow + 3 * narrow * narrow * narrow;
            seconds += (probing + scoring) / OPERATIONS_PER_SECOND;
        }
        return seconds;
    }
}
