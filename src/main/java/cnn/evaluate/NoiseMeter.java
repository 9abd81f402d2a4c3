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
import java.util.function.Function;
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

    /**
     * The layers by how near the output comes to the exact one when that layer alone is left in float32, the most helpful first.
     * Two layers of which one spoils what the other reads are both found so.
     */
    List<String> mostHelpful(Model exact, Function<List<String>, Model> int8, List<String> layers) {
        List<LayerNoise> each = new ArrayList<>();
        for (String layer : layers) {
            try (Model mended = int8.apply(List.of(layer))) {
                LayerNoise output = of(exact, mended, exact.outputs()).get(0);
                each.add(new LayerNoise(layer, output.decibels()));
            }
        }
        return each.stream()
                .sorted(Comparator.comparing(LayerNoise::decibels).reversed())
                .map(LayerNoise::layer)
                .toList();
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
