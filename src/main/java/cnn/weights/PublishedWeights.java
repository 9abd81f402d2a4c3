package cnn.weights;

import java.util.Optional;

/**
 * The weights that somebody published for a network.
 *
 * @param whole the file with all layers
 * @param withoutTop the file without the layers that turn features into classes
 * @param topOne published share of right first answers on ImageNet's validation set, in percent; empty where no source gives it
 * @param topFive the same for the first five answers
 * @param licence of the weights; empty where none is told
 */
public record PublishedWeights(
        PublishedFile whole,
        PublishedFile withoutTop,
        Optional<Double> topOne,
        Optional<Double> topFive,
        String licence) {}
