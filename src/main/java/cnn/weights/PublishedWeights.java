package cnn.weights;

/**
 * The weights that somebody published for a network.
 *
 * @param whole the file with all layers
 * @param withoutTop the file without the layers that turn features into classes
 * @param topOne published share of right first answers on ImageNet's validation set, in percent
 * @param topFive the same for the first five answers
 * @param licence of the weights
 */
public record PublishedWeights(
        PublishedFile whole, PublishedFile withoutTop, double topOne, double topFive, String licence) {}
