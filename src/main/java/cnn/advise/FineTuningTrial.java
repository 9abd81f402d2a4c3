package cnn.advise;

import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.data.SplitByContent;
import cnn.evaluate.Evaluation;
import cnn.files.ScratchFolder;
import cnn.metrics.PairedDifference;
import cnn.model.Model;
import cnn.model.Models;
import cnn.model.Part;
import cnn.network.Network;
import cnn.train.FineTuning;
import cnn.train.TrainingListener;
import cnn.train.Unfreezing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fine-tunes a candidate for a few epochs on the images that were tried, and holds it against its linear head on images that
 * neither has seen. The epoch that is kept is chosen by a part of the images that are learnt from, so that the judgement is of
 * images that chose nothing.
 */
record FineTuningTrial(TrialModels models, TrainingListener listener) {
    private static final double SELECTING = 0.15;
    private static final int MOST_JUDGED = 1000;
    /** Of a step, with the way back through layers of few channels, in forward passes: a guess, where none was made. */
    private static final double PASSES_OF_A_STEP = 12;

    private static final double NANOS = 1e9;

    /**
     * Tries it, and gives up where there is too little time.
     *
     * @param data all of it
     * @param tried the training images that the candidates were tried on
     * @param all whether all layers are unfrozen, and not the last stage only
     */
    Trial run(Dataset data, List<Sample> tried, boolean all, Deadline deadline) {
        Dataset part = part(data, tried);
        FineTuning tuning = TrialRecipe.tuning(unfreezing(all));
        List<Sample> judges = judges(data, tried.size());
        double perImage = models.candidate().secondsPerImage();
        double judging = 2 * judges.size() * perImage;
        double reading = tried.size() * perImage;
        if (reading + judging > deadline.secondsLeft()) {
            double steps = part.training().size() * tuning.epochs() * PASSES_OF_A_STEP * perImage;
            return trial(data, tried, part, tuning, reading + judging + steps, Optional.empty());
        }
        long start = System.nanoTime();
        try (ScratchFolder folder = ScratchFolder.open()) {
            Path head = folder.file("head.zip");
            Path tuned = folder.file("tuned.zip");
            TrialClock clock = new TrialClock(listener, deadline, judging);
            if (!models.head(part, head, clock) || !models.tune(part, head, tuning, tuned, clock)) {
                return trial(data, tried, part, tuning, secondsSince(start) + clock.secondsLeft(), Optional.empty());
            }
            Evaluation before = models.judge(data, judges, head, clock);
            Evaluation after = models.judge(data, judges, tuned, clock);
            PairedDifference gain = before.against(after, models.request().seed());
            return trial(
                    data,
                    tried,
                    part,
                    tuning,
                    secondsSince(start),
                    Optional.of(new Trial.Judged(
                            before.judged().size(), before.figures().accuracy(), gain)));
        }
    }

    private static Trial trial(
            Dataset data,
            List<Sample> tried,
            Dataset part,
            FineTuning tuning,
            double seconds,
            Optional<Trial.Judged> judged) {
        return new Trial(
                tuning,
                part.training().size() + part.validation().size(),
                judged,
                seconds,
                seconds * data.training().size() / tried.size());
    }

    /** What is learnt from, and what chooses the epoch. */
    private Dataset part(Dataset data, List<Sample> tried) {
        long seed = models.request().seed();
        List<Boolean> selecting = new SplitByContent(SELECTING, seed).heldBack(tried);
        List<Sample> training = new ArrayList<>();
        List<Sample> validation = new ArrayList<>();
        IntStream.range(0, tried.size()).forEach(i -> (selecting.get(i) ? validation : training).add(tried.get(i)));
        return new Dataset(data.classes(), training, validation, List.of(), Optional.empty(), List.of());
    }

    /** Images that neither model sees, no more than they learn from. */
    private List<Sample> judges(Dataset data, int tried) {
        return new Sampling(data.classes().size(), 0, models.request().seed())
                .of(data.validation(), Math.min(MOST_JUDGED, tried));
    }

    /** The last stage; all layers where they are to be, or where no base is known. */
    private Unfreezing unfreezing(boolean all) {
        Candidate candidate = models.candidate();
        try (Model opened = new Models(models.store()).open(candidate.model(), Part.upTo(List.of(candidate.layer())))) {
            Network base = opened.network().upTo(candidate.layer());
            boolean hasBase =
                    opened.saved().map(model -> model.base().isPresent()).orElse(true);
            return new Unfreezing(
                    new Cuts(base).lastStage().filter(first -> hasBase && !all).orElse("all"));
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / NANOS;
    }
}
