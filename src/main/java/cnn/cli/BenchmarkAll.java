package cnn.cli;

import cnn.UserError;
import cnn.classify.Benchmark;
import cnn.classify.ImagePreparation;
import cnn.classify.MeasuredSpeeds.Speed;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.network.Shape;
import cnn.program.Precision;
import cnn.report.ModelList.Entry;
import cnn.weights.WeightStore;
import cnn.zoo.Family;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The forward pass of every network of the zoo that has published weights, one after the other, with random weights that are
 * kept nowhere. What was measured is kept at once.
 *
 * @param batchSizes images per forward pass
 * @param seconds to spend on each figure
 */
record BenchmarkAll(
        ComputeOptions compute,
        EngineOptions engine,
        WeightStore store,
        Function<Model, ImagePreparation> preparation,
        List<Integer> batchSizes,
        double seconds,
        Talk talk) {
    private static final double WARM_UP_SECONDS = 1;

    /**
     * Measures until all are done or somebody wishes to stop.
     *
     * @return what was measured now
     */
    List<Entry> run(BooleanSupplier stopping) {
        int all = Zoo.publishedNetworks().size();
        double each = batchSizes.size() * (seconds + WARM_UP_SECONDS);
        talk.note(String.format(
                Locale.ROOT,
                "%d networks, at least %.0f s each: about %.0f minutes; Ctrl-C stops after the network at work and keeps "
                        + "what is measured",
                all,
                each,
                Math.ceil(all * each * 1.7 / 60)));
        List<Entry> measured = new ArrayList<>();
        int number = 0;
        for (Family family : Zoo.families()) {
            for (ZooModel model : family.models()) {
                if (model.published().isEmpty() || stopping.getAsBoolean()) {
                    continue;
                }
                number++;
                talk.show("%s (%d of %d) ...".formatted(model.name(), number, all));
                measure(model).ifPresent(speeds -> {
                    keep(talk, speeds);
                    measured.add(Entry.of(
                            family.name(),
                            family.paper(),
                            model,
                            store.find(model.weights()),
                            Optional.of(speeds.get(speeds.size() - 1))));
                });
            }
        }
        return measured;
    }

    /** Notes what was measured for {@code cnn models list}; a home that cannot be written to is told. */
    static void keep(Talk talk, List<Speed> speeds) {
        try {
            ModelsListCommand.speeds().add(speeds);
        } catch (IOException e) {
            talk.cannotKeep(e);
        }
    }

    private Optional<List<Speed>> measure(ZooModel zoo) {
        long start = System.nanoTime();
        ModelRequest request = new ModelRequest(zoo.name(), Optional.empty(), true, 42, Optional.empty());
        int largest = batchSizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        try (Model model = new Models(store, compute.passes(engine.engine(), largest)).classifier(request)) {
            Benchmark benchmark = new Benchmark(model, preparation.apply(model), List.of(), compute.threads(), seconds);
            List<Benchmark.Forward> forward =
                    batchSizes.stream().map(benchmark::forward).toList();
            for (Benchmark.Forward one : forward) {
                talk.note(String.format(
                        Locale.ROOT,
                        "%s: %.1f images a second, batch %d (%.0f s)",
                        zoo.name(),
                        one.imagesPerSecond(),
                        one.batchSize(),
                        (System.nanoTime() - start) / 1e9));
            }
            return Optional.of(speeds(zoo.name(), model, forward, compute.precision(), compute, engine));
        } catch (UserError e) {
            talk.note(zoo.name() + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    static List<Speed> speeds(
            String name,
            Model model,
            List<Benchmark.Forward> forward,
            Precision precision,
            ComputeOptions compute,
            EngineOptions engine) {
        Shape input = model.network().input().outputShape();
        return forward.stream()
                .map(one -> new Speed(
                        name,
                        input.height() + "x" + input.width(),
                        engine.engine().id(),
                        precision.id(),
                        compute.threads(),
                        one.batchSize(),
                        one.imagesPerSecond()))
                .toList();
    }
}
