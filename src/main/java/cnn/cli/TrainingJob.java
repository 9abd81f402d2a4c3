package cnn.cli;

import cnn.UserError;
import cnn.cache.ContentHashes;
import cnn.cache.FeatureCache;
import cnn.classify.ImagePreparation;
import cnn.data.Dataset;
import cnn.data.DatasetReader;
import cnn.data.OutputFiles;
import cnn.data.Sample;
import cnn.image.ImageDecoder;
import cnn.model.ForwardPasses;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.report.LearningCurves;
import cnn.report.ReportSink;
import cnn.report.TrainingHistory;
import cnn.report.TrainingSummary;
import cnn.train.ClassBalance;
import cnn.train.StartingModel;
import cnn.train.StartingModels;
import cnn.train.Training;
import cnn.train.TrainingOutcome;
import cnn.train.TrainingSettings;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@code train} and {@code finetune} have in common: from the data set to the files beside the model. */
record TrainingJob(
        TrainingOptions options, ModelOptions model, ComputeOptions compute, CacheOptions cacheOptions, Talk talk) {
    /** Algorithms are chosen for this number of images, as for {@code extract-features}. */
    private static final int USUAL_IMAGES = 8;

    /** What a command makes of its own options. */
    interface Plan {
        StartingModel start(StartingModels models, Dataset data);

        TrainingSettings settings(StartingModel start);
    }

    int run(Main.Streams streams, Plan plan, Function<StartingModel, ImagePreparation> preparation, boolean withPhase) {
        options.check();
        Path output = options.output();
        checkWritable(streams);
        TrainingTalk listener = new TrainingTalk(talk, options.history(), new TrainingHistory(withPhase));
        ForwardPasses passes = compute.passes(USUAL_IMAGES);
        try (OpenCache cache = new OpenCache(cacheOptions.open(talk))) {
            Dataset data = dataset(cache.hashes());
            OutputFiles outputs = OutputFiles.of(options.outputs());
            data.samples().forEach(sample -> outputs.refuse(sample.path()));
            OutputFiles.refuseAmong(options.curves(), data.samples().map(Sample::path));
            data.notices().forEach(talk::note);
            talk.detail("data read: %d images to train, %d to validate"
                    .formatted(data.training().size(), data.validation().size()));
            StartingModels models = new StartingModels(model.weightStore(talk), passes);
            try (StartingModel start = plan.start(models, data);
                    StopSignals signals = new StopSignals(this::saysThatItStops)) {
                talk.detail("network is ready");
                Training training = new Training(
                        start,
                        data,
                        preparation.apply(start),
                        plan.settings(start),
                        passes,
                        cache.opened(),
                        compute.threads(),
                        options.checkpoint(),
                        listener,
                        signals);
                Optional<SavedModel> finished = options.resume() ? training.finished(output) : Optional.empty();
                return finished.isPresent()
                        ? doneAlready(finished.get(), training, streams)
                        : run(training, ClassBalance.of(data), listener, streams);
            }
        }
    }

    private int run(Training training, ClassBalance balance, TrainingTalk listener, Main.Streams streams) {
        talk.note(balance.words());
        balance.hint(training.settings().balanced()).ifPresent(talk::note);
        Optional<TrainingOutcome> trained = training.run(options.resume());
        talk.detail("trained");
        if (trained.isEmpty()) {
            talk.note("stopped before the first epoch was done, so there is no model yet");
            return StopSignals.EXIT_CODE;
        }
        Path output = options.output();
        TrainingOutcome outcome = trained.get();
        listener.keep(outcome.history());
        SavedModelFile.write(output, outcome.model(), outcome.tail());
        talk.detail(output + " written");
        drawCurves();
        print(outcome.model(), streams);
        if (!outcome.model().training().complete()) {
            talk.note("stopped at epoch %d; --resume goes on (%s is the best so far, of epoch %d)"
                    .formatted(outcome.epochs(), output, outcome.best().epoch()));
            return StopSignals.EXIT_CODE;
        }
        training.finish();
        outcome.advice(output).ifPresent(talk::note);
        balance.warning(outcome.best().valAccuracy(), outcome.best().valMacroF1())
                .ifPresent(talk::note);
        return 0;
    }

    /** Does what a run that was killed behind its model may have left to do. */
    private int doneAlready(SavedModel finished, Training training, Main.Streams streams) {
        if (Files.exists(options.history()) && !Files.exists(options.curves())) {
            drawCurves();
        }
        training.finish();
        talk.note("done already: %s is what this training ends in".formatted(options.output()));
        print(finished, streams);
        return 0;
    }

    private void print(SavedModel trained, Main.Streams streams) {
        TrainingSummary summary = new TrainingSummary(options.output(), trained);
        Lines.print(streams.out(), streams.terminal().out() ? summary.text() : summary.json());
    }

    private void saysThatItStops() {
        talk.note("stopping, and saving the best epoch so far; once more ends it at once");
    }

    private void drawCurves() {
        try (ReportSink sink = ReportSink.open(Optional.of(options.curves()), OutputStream.nullOutputStream())) {
            sink.write(LearningCurves.read(options.history()).png());
            sink.commit();
        }
    }

    private Dataset dataset(ContentHashes hashes) {
        return new DatasetReader(ImageDecoder::looksLikeImage, hashes)
                .read(options.data(), options.validationSplit(), model.request().seed());
    }

    /** Opens the files and leaves them as they are, so that what cannot be written fails before the work. */
    private void checkWritable(Main.Streams streams) {
        if (ReportSink.isStream(options.output()) && !Files.isDirectory(options.output())) {
            throw UserError.usage("cannot write %s: a model needs a plain file".formatted(options.output()));
        }
        for (Path file : List.of(options.output(), options.history())) {
            ReportSink.open(Optional.of(file), streams.out()).close();
        }
    }

    /** A cache to be closed, if there is one. */
    private record OpenCache(Optional<FeatureCache> opened) implements AutoCloseable {

        ContentHashes hashes() {
            return opened.map(FeatureCache::contentHashes).orElseGet(ContentHashes::forgetful);
        }

        @Override
        public void close() {
            opened.ifPresent(FeatureCache::close);
        }
    }
}
