package cnn.evaluate;

import cnn.classify.Batch;
import cnn.classify.BatchPipeline;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.model.Model;
import cnn.network.ForwardPass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares what two models compute, layer by layer.
 *
 * @param images by which they are compared
 * @param threads that decode
 */
record NoiseMeter(ImagePreparation preparation, List<ImageInput> images, int threads) {

    NoiseMeter {
        images = List.copyOf(images);
    }

    /** The layers with their noise, the worst first. */
    List<LayerNoise> of(Model exact, Model other, List<String> layers) {
        double[] signal = new double[layers.size()];
        double[] noise = new double[layers.size()];
        try (ForwardPass exactPass = exact.forward(layers, 1);
                ForwardPass otherPass = other.forward(layers, 1);
                BatchPipeline batches = new BatchPipeline(images.iterator(), preparation, 1, threads)) {
            for (Optional<Batch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                if (batch.get().images() == 1) {
                    List<float[]> right = exactPass.run(batch.get().nhwc().duplicate(), 1);
                    List<float[]> near = otherPass.run(batch.get().nhwc(), 1);
                    for (int layer = 0; layer < signal.length; layer++) {
                        add(right.get(layer), near.get(layer), layer, signal, noise);
                    }
                }
            }
        }
        return IntStream.range(0, signal.length)
                .mapToObj(i -> new LayerNoise(layers.get(i), decibels(signal[i], noise[i])))
                .sorted(Comparator.comparing(LayerNoise::decibels))
                .toList();
    }

    /** The layers by how much noise the output has when each of them alone is computed in int8, the noisiest first. */
    List<LayerNoise> sensitivity(Model exact, Trunk int8, List<String> layers) {
        List<LayerNoise> each = new ArrayList<>();
        for (String layer : layers) {
            List<String> others =
                    layers.stream().filter(other -> !other.equals(layer)).toList();
            try (Model alone = int8.keeping(others)) {
                LayerNoise output = of(exact, alone, exact.outputs()).get(0);
                each.add(new LayerNoise(layer, output.decibels()));
            }
        }
        each.sort(Comparator.comparing(LayerNoise::decibels));
        return each;
    }

    /** Opens a model in int8. */
    @FunctionalInterface
    interface Trunk {

        /** @param inFloat layers that are computed in float32, besides those that always are */
        Model keeping(List<String> inFloat);
    }

    private static void add(float[] right, float[] near, int layer, double[] signal, double[] noise) {
        for (int i = 0; i < right.length; i++) {
            double error = (double) near[i] - right[i];
            signal[layer] += (double) right[i] * right[i];
            noise[layer] += error * error;
        }
    }

    private static double decibels(double signal, double noise) {
        return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    }
}
