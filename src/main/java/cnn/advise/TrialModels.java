package cnn.advise;

import cnn.cache.FeatureCache;
import cnn.data.Dataset;
import cnn.data.LabelledImages;
import cnn.data.Sample;
import cnn.evaluate.Evaluation;
import cnn.evaluate.Evaluator;
import cnn.image.Augmentation;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.model.SavedModelFile;
import cnn.program.Precision;
import cnn.train.FineTuning;
import cnn.train.LinearHead;
import cnn.train.Regularization;
import cnn.train.Selection;
import cnn.train.Training;
import cnn.train.TrainingEnvironment;
import cnn.train.TrainingFiles;
import cnn.train.TrainingOutcome;
import cnn.train.TrainingRequest;
import cnn.weights.WeightStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Trains and judges the models of a trial, as {@code cnn train}, {@code finetune} and {@code evaluate} would. */
record TrialModels(
        AdviceRequest request, Candidate candidate, WeightStore store, Optional<FeatureCache> cache, int threads) {
    private static final int BATCH = 8;

    /**
     * Solves the linear head, with the penalty that the probe found.
     *
     * @return whether it came to its end
     */
    boolean head(Dataset data, Path file, TrialClock clock) {
        LinearHead linear = new LinearHead(OptionalDouble.of(candidate.probe().penalty()), 2, false);
        return train(
                request(
                        candidate.model(),
                        Optional.empty(),
                        Optional.of(candidate.layer()).filter(layer -> !candidate.atEnd()),
                        Optional.of(linear),
                        Optional.empty()),
                data,
                file,
                clock);
    }

    /**
     * Fine-tunes from a head.
     *
     * @return whether it came to its end
     */
    boolean tune(Dataset data, Path head, FineTuning tuning, Path file, TrialClock clock) {
        return train(
                request(saved(head), Optional.of(head), Optional.empty(), Optional.empty(), Optional.of(tuning)),
                data,
                file,
                clock);
    }

    /** Judges a model by some images of the data. */
    Evaluation judge(Dataset data, List<Sample> judges, Path file, TrialClock clock) {
        List<LabelledImages.Labelled> images = judges.stream()
                .map(sample -> new LabelledImages.Labelled(sample.image(), sample.target()))
                .toList();
        LabelledImages judging = new LabelledImages(
                request.data(), LabelledImages.Part.SPLIT, images.size(), data.classes(), images, List.of());
        try (Model model = new Models(store).classifier(saved(file))) {
            return new Evaluator(model, request.images().preparation(model), BATCH, threads, request.seed(), false)
                    .evaluate(judging, (done, failed) -> clock.read("judging", done, images.size()));
        }
    }

    private boolean train(TrainingRequest training, Dataset data, Path file, TrialClock clock) {
        TrainingEnvironment environment = new TrainingEnvironment(
                new TrainingFiles(file), cache, threads, OptionalInt.of(Integer.MAX_VALUE), clock);
        try (Training opened = Training.open(training, data, store, environment)) {
            Optional<TrainingOutcome> outcome = opened.run(false, clock);
            outcome.ifPresent(made -> SavedModelFile.write(file, made.model(), made.tail()));
            return outcome.filter(made -> made.model().training().complete()).isPresent();
        }
    }

    private TrainingRequest request(
            ModelRequest model,
            Optional<Path> from,
            Optional<String> layer,
            Optional<LinearHead> linear,
            Optional<FineTuning> tuning) {
        return new TrainingRequest(
                request.data(),
                model,
                from,
                layer,
                linear,
                Optional.empty(),
                tuning,
                1,
                TrialRecipe.BATCH,
                TrialRecipe.optimizer(),
                TrialRecipe.SCHEDULE,
                Augmentation.NONE,
                Regularization.NONE,
                false,
                OptionalInt.empty(),
                Selection.LOWEST_LOSS,
                request.validationSplit(),
                Precision.FP32,
                false,
                request.images(),
                Optional.empty());
    }

    /** A model on a file of Keras's names that file, which does not lie beside it here. */
    private ModelRequest saved(Path file) {
        ModelRequest base = candidate.model();
        Optional<Path> weights = base.weights().or(() -> base.keras().file());
        return new ModelRequest(file.toString(), weights, false, base.seed(), Optional.empty());
    }
}
