package cnn.bench;

import cnn.network.Dropout;
import cnn.network.Network;
import cnn.model.Head;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is trained, by Adam with Keras's defaults.
 *
 * @param trunk frozen layers that run anew for each step
 * @param tail the layers that learn
 * @param images per step
 */
record TrainingTask(Optional<Network> trunk, Network tail, int images) {
    private static final List<String> UNFROZEN =
            List.of("block5_conv1", "block5_conv2", "block5_conv3", "block5_pool");

    /**
     * @param name {@code vgg16}, a step of {@code cnn finetune --unfreeze 4} with its frozen layers; {@code vgg16-tail},
     *     the same on cached activations; or a network of 32x32 pixels that learns from scratch
     */
    static TrainingTask named(String name) {
        if (!name.startsWith("vgg16")) {
            return new TrainingTask(Optional.empty(), Zoo.named(name).network(Options.withTop(32, 32, 10)), 128);
        }
        Network base = Zoo.named("vgg16").network(Options.withoutTop(224, 224, Optional.empty()));
        Network whole = Head.parse("avg,dropout:0.2", 5).on(base);
        String cut = whole.cutBelow(UNFROZEN);
        Optional<Network> trunk = name.endsWith("-tail") ? Optional.empty() : Optional.of(whole.upTo(cut));
        return new TrainingTask(trunk, whole.above(cut), 32);
    }

    /** From images or cached activations to classes. */
    Network first() {
        return trunk.orElse(tail);
    }

    int[] targets() {
        int classes = Math.toIntExact(tail.output().outputShape().elements());
        int[] targets = new int[images];
        Arrays.setAll(targets, i -> i % classes);
        return targets;
    }

    boolean hasDropout() {
        return tail.nodes().stream().anyMatch(node -> node.layer() instanceof Dropout);
    }
}
