package cnn.cli;

import cnn.UserError;
import cnn.data.ContentHashes;
import cnn.data.Dataset;
import cnn.data.DatasetReader;
import cnn.data.FeatureCache;
import cnn.data.OutputFiles;
import cnn.data.Sample;
import cnn.image.ImageDecoder;
import cnn.report.LearningCurves;
import cnn.report.ReportSink;
import cnn.report.TrainingHistory;
import cnn.report.TrainingSummary;
import cnn.transfer.ClassBalance;
import cnn.transfer.ForwardPasses;
import cnn.transfer.ImagePreparation;
import cnn.transfer.SavedModelFile;
import cnn.transfer.StartingModel;
import cnn.transfer.StartingModels;
import cnn.transfer.Training;
import cnn.transfer.TrainingOutcome;
import cnn.transfer.TrainingSettings;
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
        ForwardPasses passes = compute.passes(USUAL_IMAGES, talk);
        try (OpenCache cache = new OpenCache(cacheOptions.open(talk))) {
            Dataset data = dataset(cache.hashes());
            OutputFiles outputs = OutputFiles.of(options.outputs());
            data.samples().forEach(sample -> outputs.refuse(sample.path()));
            OutputFiles.refuseAmong(options.curves(), data.samples().map(Sample::path));
            data.notices().forEach(talk::note);
            ClassBalance balance = ClassBalance.of(data);
            talk.detail("data read: %d images to train, %d to validate"
                    .formatted(data.training().size(), data.validation().size()));
            StartingModels models = new StartingModels(model.weightStore(talk), passes);
            try (StartingModel start = plan.start(models, data)) {
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
                        listener);
                talk.note(balance.words());
                balance.hint(training.settings().balanced()).ifPresent(talk::note);
                TrainingOutcome outcome = training.run(options.resume());
                talk.detail("trained");
                listener.keep(outcome.history());
                SavedModelFile.write(output, outcome.model(), outcome.tail());
                drawCurves();
                training.finish();
                talk.detail(output + " written");
                outcome.advice(output).ifPresent(talk::note);
                balance.warning(outcome.best().valAccuracy(), outcome.best().valMacroF1())
                        .ifPresent(talk::note);
                TrainingSummary summary = new TrainingSummary(output, outcome.model());
                Lines.print(streams.out(), streams.terminal().out() ? summary.text() : summary.json());
            }
        }
        return 0;
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
