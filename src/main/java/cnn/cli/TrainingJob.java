package cnn.cli;

import cnn.UserError;
import cnn.cache.FeatureCache;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.report.ReportSink;
import cnn.report.TrainingCurves;
import cnn.report.TrainingHistory;
import cnn.report.TrainingSummary;
import cnn.train.ClassBalance;
import cnn.train.Training;
import cnn.train.TrainingEnvironment;
import cnn.train.TrainingFiles;
import cnn.train.TrainingOutcome;
import cnn.train.TrainingRequest;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What {@code train} and {@code finetune} have in common: from the data set to the files beside the model. */
record TrainingJob(
        TrainingOptions options,
        TrainingFiles files,
        ModelOptions model,
        ComputeOptions compute,
        CacheOptions cacheOptions,
        Talk talk) {

    TrainingJob(
            TrainingOptions options, ModelOptions model, ComputeOptions compute, CacheOptions cacheOptions, Talk talk) {
        this(options, options.files(), model, compute, cacheOptions, talk);
    }

    /** The same with another place for the model, such as one that others go on from. */
    TrainingJob into(TrainingFiles others) {
        return new TrainingJob(options, others, model, compute, cacheOptions, talk);
    }

    int run(Main.Streams streams, TrainingRequest request) {
        return run(streams, request, training -> true);
    }

    /**
     * Trains if the data, and what training starts from, are as they should be.
     *
     * @param goesOn whether they are; else the exit code is 1
     */
    int run(Main.Streams streams, TrainingRequest request, Predicate<Training> goesOn) {
        check(streams);
        TrainingTalk listener = new TrainingTalk(
                talk,
                files().history(),
                new TrainingHistory(request.fineTuning().isPresent()));
        try (OpenCache cache = new OpenCache(cacheOptions.open(talk));
                Training training = Training.open(request, model.weightStore(talk), environment(cache, listener));
                StopSignals signals = new StopSignals(() -> saysThatItStops(request))) {
            if (!goesOn.test(training)) {
                return 1;
            }
            Optional<SavedModel> finished = options.resume() ? training.finished() : Optional.empty();
            return finished.isPresent()
                    ? doneAlready(finished.get(), training, streams)
                    : run(training, signals, listener, streams);
        }
    }

    private TrainingEnvironment environment(OpenCache cache, TrainingTalk listener) {
        return new TrainingEnvironment(files(), cache.opened(), compute.threads(), options.checkpointEvery(), listener);
    }

    private int run(Training training, StopSignals signals, TrainingTalk listener, Main.Streams streams) {
        ClassBalance balance = training.balance();
        talk.note(balance.words());
        balance.hint(training.request().balanced()).ifPresent(talk::note);
        Optional<TrainingOutcome> trained = training.run(options.resume(), signals);
        talk.detail("trained");
        if (trained.isEmpty()) {
            talk.note("stopped before the %s, so there is no model yet"
                    .formatted(training.request().linear().isPresent() ? "head was found" : "first epoch was done"));
            return StopSignals.EXIT_CODE;
        }
        Path output = files().model();
        TrainingOutcome outcome = trained.get();
        listener.keep(outcome);
        SavedModel made = outcome.model().madeBy(options.recipe(training, compute.threads()));
        SavedModelFile.write(output, made, outcome.tail(), training.calibrated(), outcome.novelty());
        talk.detail(output + " written");
        drawCurves(outcome.model());
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

    /**
     * Does what a run that was killed behind its model may have left to do. Curves that are there may be those of an
     * earlier stop; drawn again from the same figures they are the same bytes.
     */
    private int doneAlready(SavedModel finished, Training training, Main.Streams streams) {
        if (Files.exists(files().history())) {
            drawCurves(finished);
        }
        training.finish();
        talk.note("done already: %s is what this training ends in".formatted(files().model()));
        print(finished, streams);
        return 0;
    }

    private void print(SavedModel trained, Main.Streams streams) {
        TrainingSummary summary = new TrainingSummary(files().model(), trained);
        Lines.print(streams.out(), streams.terminal().out() ? summary.text() : summary.json());
    }

    private void saysThatItStops(TrainingRequest request) {
        talk.note("stopping%s; once more ends it at once"
                .formatted(request.linear().isPresent() ? "" : ", and saving the best epoch so far"));
    }

    private void drawCurves(SavedModel saved) {
        try (ReportSink sink = ReportSink.open(Optional.of(files().curves()), OutputStream.nullOutputStream())) {
            sink.write(TrainingCurves.read(files().history()).of(saved).png());
            sink.commit();
        }
    }

    /** Opens the files and leaves them as they are, so that what cannot be written fails before the work. */
    void check(Main.Streams streams) {
        options.check();
        if (ReportSink.isStream(files().model()) && !Files.isDirectory(files().model())) {
            throw UserError.usage("cannot write %s: a model needs a plain file".formatted(files().model()));
        }
        for (Path file : List.of(files().model(), files().history())) {
            ReportSink.open(Optional.of(file), streams.out()).close();
        }
    }

    /** A cache to be closed, if there is one. */
    private record OpenCache(Optional<FeatureCache> opened) implements AutoCloseable {

        @Override
        public void close() {
            opened.ifPresent(FeatureCache::close);
        }
    }
}
