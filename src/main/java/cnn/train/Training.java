package cnn.train;

import cnn.UserError;
import cnn.cache.ContentHashes;
import cnn.cache.FeatureCache;
import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.ConfidenceCalibration.Source;
import cnn.data.Dataset;
import cnn.data.DatasetReader;
import cnn.data.OutputFiles;
import cnn.data.Sample;
import cnn.image.ImageDecoder;
import cnn.metrics.Scores;
import cnn.model.Calibrated;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Models;
import cnn.model.SavedModel;
import cnn.network.Weights;
import cnn.weights.WeightStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Trains a model on a data set: phase after phase, epoch after epoch, keeping the weights of the best epoch by
 * what the validation images say.
 *
 * <p>Everything that happens is a function of model, data and settings; so a run that was cut off and goes on from its
 * checkpoint ends in the same bits.
 *
 * @param model to be closed with this
 */
public record Training(TrainingRequest request, StartingModel model, Dataset data, TrainingEnvironment environment)
        implements AutoCloseable {
    /** Algorithms are chosen for this number of images, as for {@code extract-features}. */
    private static final int USUAL_IMAGES = 8;

    /**
     * Reads what a training needs.
     *
     * @throws cnn.UserError if there are no images, or the model is missing, damaged or does not fit
     */
    public static Training open(TrainingRequest request, WeightStore store, TrainingEnvironment environment) {
        TrainingListener listener = environment.listener();
        Dataset data = dataset(request, environment);
        data.notices().forEach(listener::note);
        listener.detail("data read: %d images to train, %d to validate"
                .formatted(data.training().size(), data.validation().size()));
        return open(request, data, store, environment);
    }

    /**
     * Makes ready a training on some images of those that the request names.
     *
     * @throws cnn.UserError if the model is missing, damaged or does not fit
     */
    public static Training open(
            TrainingRequest request, Dataset data, WeightStore store, TrainingEnvironment environment) {
        TrainingListener listener = environment.listener();
        StartingModel model = new StartingModels(new Models(store, passes(request))).open(request, data);
        try {
            listener.detail("network is ready");
            new OpeningNotes(request, model, listener).tell();
            PartReader reader = new PartReader(Optional.empty(), environment.threads(), listener, () -> false);
            new TrunkCalibration(request, model, reader).run(data.training());
            return new Training(request, model, data, environment);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /**
     * Trains, from the beginning or from the checkpoint on.
     *
     * @param resume whether to go on from the checkpoint, if there is one
     * @param stopRequested whether to stop at the next occasion, keeping a checkpoint
     * @return nothing if it was stopped before the first epoch was done
     * @throws cnn.UserError if images lack, the loss runs away, the checkpoint is another run's or damaged or cannot be written
     */
    public Optional<TrainingOutcome> run(boolean resume, BooleanSupplier stopRequested) {
        int threads = environment.threads();
        TrainingListener listener = environment.listener();
        DataParts parts = new DataParts(
                model,
                data,
                request.preparation(model),
                request.augmentation(),
                request.seed(),
                new PartReader(environment.cache(), threads, listener, stopRequested));
        TrainerFactory trainers =
                new TrainerFactory(passes(request).backend(), model, data, parts, request, threads, stopRequested);
        TrainingRun.Result result = new TrainingRun(
                        model, request, trainers, checkpoint(), listener, environment.checkpointEvery(), stopRequested)
                .run(resume);
        return result.state().epochs() == 0 ? Optional.empty() : Optional.of(outcome(result, trainers, parts));
    }

    /**
     * The model that is in the file already, if this training has made it and came to its end.
     *
     * @throws UserError of kind USAGE if it is another training's and there is no checkpoint to go on from; of kind WEIGHTS
     *     if the file is no model
     */
    public Optional<SavedModel> finished() {
        Path file = environment.files().model();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        SavedModel found = Models.describe(file);
        SavedModel.Training made = found.training();
        // Files of a time when no origin was kept are taken for this one's.
        Map<String, Object> origin = made.origin().isEmpty() ? origin() : made.origin();
        Optional<String> difference = identity()
                .difference(RunIdentity.of(made.settings(), origin, made.data()).facts());
        if (difference.isPresent() && !checkpoint().exists()) {
            throw UserError.usage(
                    "%s is of a training with %s; train with that, or start anew with --overwrite instead of --resume"
                            .formatted(file, difference.get()));
        }
        return difference.isEmpty() && made.complete() ? Optional.of(found) : Optional.empty();
    }

    /** Takes the checkpoint away, when the model is safe; that of another training stays. */
    public void finish() {
        checkpoint().deleteOwn();
    }

    /** The ranges with which the model can be computed in int8, as far as it was not trained, if it was for training. */
    public Optional<Calibrated> calibrated() {
        return TrunkCalibration.lasting(request, model);
    }

    private static ForwardPasses passes(TrainingRequest request) {
        return new ForwardPasses(Engine.ONEDNN, request.precision(), USUAL_IMAGES);
    }

    /** How many images of each class there are. */
    public ClassBalance balance() {
        return ClassBalance.of(data);
    }

    @Override
    public void close() {
        model.close();
    }

    private static Dataset dataset(TrainingRequest request, TrainingEnvironment environment) {
        ContentHashes hashes =
                environment.cache().map(FeatureCache::contentHashes).orElseGet(ContentHashes::forgetful);
        Dataset data = new DatasetReader(ImageDecoder::looksLikeImage, hashes)
                .read(request.data(), request.validationSplit(), request.seed());
        OutputFiles outputs = OutputFiles.of(environment.files().all());
        data.samples().forEach(sample -> outputs.refuse(sample.path()));
        OutputFiles.refuseAmong(environment.files().curves(), data.samples().map(Sample::path));
        return data;
    }

    private TrainingOutcome outcome(TrainingRun.Result result, TrainerFactory trainers, DataParts parts) {
        TrainingState state = result.state();
        TrainingState.Best best = state.best().orElseThrow();
        Phase phase = request.phases(model).get(Math.max(0, best.phase()));
        Weights weights = state.bestWeights(model);
        boolean complete = result.complete();
        Set<String> trained = best.phase() < 0 ? Set.of() : phase.trainable();
        Afterwards after = Afterwards.NONE;
        try {
            after = complete ? afterwards(result, phase, weights, trained, trainers, parts) : after;
        } catch (TrainingStopped e) {
            complete = false;
        }
        return new OutcomeAssembly(request, model, data, parts)
                .outcome(
                        state.history(),
                        best.row(),
                        trained,
                        weights,
                        after,
                        result.solved().map(LinearHeadTraining.Solved::found),
                        result.averaged(),
                        state.trials(),
                        complete);
    }

    private Afterwards afterwards(
            TrainingRun.Result result,
            Phase phase,
            Weights weights,
            Set<String> changed,
            TrainerFactory trainers,
            DataParts parts) {
        Optional<TrainingOutcome.Test> test = trainers.test(phase, weights);
        boolean refitted = request.linear().filter(LinearHead::refitAll).isPresent();
        Optional<Scores> held = result.solved().isPresent()
                ? result.solved().get().held()
                : Optional.of(trainers.scores(phase, trainers.validation(phase), weights));
        Optional<ConfidenceCalibration> calibration = held.map(scores -> Afterwards.calibration(
                refitted ? Source.OUT_OF_FOLD : Source.VALIDATION, scores, request.seed(), environment.listener()));
        if (!request.novelty()) {
            return new Afterwards(test, calibration, Optional.empty());
        }
        PartReader reader = new PartReader(
                NoveltyRows.areUnchanged(model, changed) ? environment.cache() : Optional.empty(),
                environment.threads(),
                environment.listener(),
                trainers.stopRequested());
        return new Afterwards(
                test,
                calibration,
                new NoveltyRows(request, model, reader, environment.listener()).of(parts.learnt(), weights));
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(environment.files().checkpoint(), identity());
    }

    RunIdentity identity() {
        return RunIdentity.of(request.settings(), origin(), RunIdentity.fingerprint(data));
    }

    private Map<String, Object> origin() {
        return RunIdentity.origin(request, model);
    }
}
