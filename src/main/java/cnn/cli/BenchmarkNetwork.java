package cnn.cli;

import cnn.Counted;
import cnn.UserError;
import cnn.classify.Benchmark;
import cnn.classify.Calibrator;
import cnn.classify.ImagePreparation;
import cnn.data.ImageInput;
import cnn.image.ImageException;
import cnn.model.Calibrated;
import cnn.model.CalibrationFiles;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Model;
import cnn.model.Models;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.report.BenchmarkReport;
import cnn.report.PrecisionSpeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One network, from the start of a process to its answers, in one arithmetic after the other: that which was asked for, or all
 * that the machine and the model have. A model with random weights has ranges for int8 of the benchmark's own images.
 *
 * @param batchSizes images per forward pass
 * @param seconds to spend on each figure
 * @param folder for what is only needed meanwhile
 */
record BenchmarkNetwork(
        ModelOptions model,
        ComputeOptions compute,
        EngineOptions engine,
        RangesOptions ranges,
        Function<Model, ImagePreparation> preparation,
        List<Integer> batchSizes,
        double seconds,
        Path folder,
        Talk talk) {
    /** What it leaves in the folder. */
    static final String RANGES = "ranges.json";

    private static final int COLD_STARTS = 5;
    private static final RangeMethod METHOD = RangeMethod.MSE;

    /** @param images to work on; those that cannot be read are left out */
    BenchmarkReport run(List<Path> images) {
        List<PrecisionSpeed> speeds = new ArrayList<>();
        Precision first = precisions().get(0);
        try (Model loaded = open(first, rangesFor(first, images))) {
            Benchmark benchmark = new Benchmark(
                    loaded, preparation.apply(loaded), readable(loaded, images), compute.threads(), seconds);
            talk.show("decode, preprocess ...");
            double decode = benchmark.decode();
            double preprocess = benchmark.preprocess();
            speeds.add(speed(first, benchmark, rangesFor(first, images)));
            for (Precision other : precisions().subList(1, precisions().size())) {
                speed(other, benchmark.images()).ifPresent(speeds::add);
            }
            return new BenchmarkReport(
                    loaded.name(),
                    engine.engine().id(),
                    compute.threads(),
                    benchmark.images().size(),
                    decode,
                    preprocess,
                    largestBatch(),
                    speeds);
        }
    }

    private List<Precision> precisions() {
        boolean one = compute.isPrecisionGiven() || engine.engine() != Engine.ONEDNN;
        return one ? List.of(compute.precision()) : List.of(Precision.values());
    }

    private int largestBatch() {
        return batchSizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    private List<Path> readable(Model loaded, List<Path> images) {
        if (images.size() == 1) {
            return images;
        }
        List<Path> readable = images.stream()
                .filter(image -> isReadable(preparation.apply(loaded), image))
                .toList();
        if (readable.isEmpty()) {
            throw UserError.data("none of the %s can be read".formatted(Counted.of(images.size(), "image")));
        }
        if (readable.size() < images.size()) {
            talk.note("%s cannot be read and is left out"
                    .formatted(Counted.of(images.size() - readable.size(), "image")));
        }
        return readable;
    }

    private static boolean isReadable(ImagePreparation preparation, Path image) {
        try {
            preparation.decoder().decode(image);
            return true;
        } catch (ImageException e) {
            return false;
        }
    }

    /** Empty where the processor has no such arithmetic, or the model no ranges for it. */
    private Optional<PrecisionSpeed> speed(Precision precision, List<Path> images) {
        try {
            Optional<Path> found = rangesFor(precision, images);
            try (Model loaded = open(precision, found)) {
                Benchmark benchmark =
                        new Benchmark(loaded, preparation.apply(loaded), images, compute.threads(), seconds);
                return Optional.of(speed(precision, benchmark, found));
            }
        } catch (UserError e) {
            talk.note("%s is left out: %s".formatted(precision.id(), e.getMessage()));
            return Optional.empty();
        }
    }

    private PrecisionSpeed speed(Precision precision, Benchmark benchmark, Optional<Path> found) {
        List<Benchmark.Forward> forward = new ArrayList<>();
        for (int size : batchSizes) {
            talk.show("%s forward, batch %d ...".formatted(precision.id(), size));
            forward.add(benchmark.forward(size));
        }
        Model loaded = benchmark.model();
        BenchmarkAll.keep(talk, BenchmarkAll.speeds(loaded.name(), loaded, forward, precision, compute, engine));
        talk.show(precision.id() + " end to end ...");
        double endToEnd = benchmark.endToEnd(largestBatch());
        talk.show(precision.id() + " cold start ...");
        List<String> words = found.map(file -> List.of("--ranges", file.toString()))
                .orElseGet(() -> precision == Precision.INT8 ? ranges.words() : List.of());
        ColdStart cold = ColdStart.measure(
                COLD_STARTS,
                model.classifyArguments(
                        precision, engine, words, benchmark.images().get(0)));
        return new PrecisionSpeed(precision.id(), forward, endToEnd, cold.seconds(), cold.peakMemoryBytes());
    }

    private Model open(Precision precision, Optional<Path> found) {
        Optional<CalibrationFiles> files = found.map(file -> new CalibrationFiles(Optional.of(file), folder))
                .or(() -> precision == Precision.INT8 || compute.isPrecisionGiven()
                        ? ranges.files(precision)
                        : Optional.empty());
        return new Models(model.weightStore(talk), new ForwardPasses(engine.engine(), precision, largestBatch()), files)
                .classifier(model.request());
    }

    /** The file with the ranges of random weights; empty where there is none, or none is needed. */
    private Optional<Path> rangesFor(Precision precision, List<Path> images) {
        if (precision != Precision.INT8
                || !model.randomWeights()
                || !ranges.words().isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve(RANGES);
        if (Files.exists(file)) {
            return Optional.of(file);
        }
        talk.show("finding ranges for int8 ...");
        try (Model loaded = open(Precision.FP32, Optional.empty());
                RangeObserver observer = loaded.observer()) {
            int read = new Calibrator(loaded, preparation.apply(loaded), compute.threads())
                    .observe(observer, images.stream().map(ImageInput::of).iterator(), (image, why) -> {}, done -> {});
            Quantization quantization = new Quantization(observer.ranges(METHOD), Set.of());
            CalibrationFiles.write(file, loaded, new Calibrated(METHOD, read, quantization));
        }
        return Optional.of(file);
    }
}
