package cnn.advise;

import cnn.Counted;
import cnn.UserError;
import cnn.cache.ContentHashes;
import cnn.cache.FeatureCache;
import cnn.data.Dataset;
import cnn.data.DatasetReader;
import cnn.data.OutputFiles;
import cnn.data.Sample;
import cnn.image.ImageDecoder;
import cnn.metrics.PairedDifference;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.program.Precision;
import cnn.train.TrainingListener;
import cnn.weights.WeightStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tries networks, and layers of them, on images whose classes are known, and says which to train.
 *
 * <p>Ranked is by the accuracy of a linear head in cross-validation. Of the candidates whose paired differences to the first, of
 * accuracy and of loss, may be 0 (95 %, by drawing images with replacement) the one of the fewest multiply-adds is proposed. The
 * loss tells candidates apart on fewer images than the accuracy does. What is tried follows from data,
 * seed and budget alone, and only where the time runs out from the clock.
 *
 * @param outputs what is going to be written, which must be none of the images
 * @param threads that compute
 */
public record Advisor(
        AdviceRequest request,
        WeightStore store,
        Optional<FeatureCache> cache,
        OutputFiles outputs,
        int threads,
        TrainingListener listener) {
    private static final int BATCH = 8;
    private static final double SHARE_OF_PROBES = 0.5;
    private static final double LATEST_PROBE = 0.75;
    /** What a trial has begun goes on for a step or so. */
    private static final double LATEST_STEP = 0.9;

    private static final double NANOS = 1e9;

    /** @throws UserError if the images cannot be trained on, or a network that was named cannot be opened */
    public Advice advise() {
        long start = System.nanoTime();
        double budget = request.budget().toNanos() / NANOS;
        Deadline deadline = Deadline.in(Duration.ofNanos((long) (LATEST_STEP * budget * NANOS)));
        Dataset data = data();
        List<String> leftOut = new ArrayList<>();
        List<NetworkPlan> plans = plans(leftOut);
        Sampling sampling = new Sampling(data.classes().size(), SHARE_OF_PROBES * budget, request.seed());
        List<Sample> tried = sampling.of(
                data.training(), sampling.size(plans, data.training().size()));
        if (tried.size() < data.training().size()) {
            listener.note(
                    "tried on %,d of %s, of each class its share, chosen by content and seed %d, to be done within --budget"
                            .formatted(
                                    tried.size(),
                                    Counted.of(data.training().size(), "training image"),
                                    request.seed()));
        }
        Probes probes = new Probes(
                data,
                tried,
                new NetworkProbe(models(), request, cache, threads, listener, Deadline.in(Duration.ofNanos((long)
                        (LATEST_PROBE * budget * NANOS)))));
        List<Candidate> candidates = new ArrayList<>(probes.of(plans, leftOut));
        candidates.sort(Comparator.<Candidate>comparingDouble(
                        candidate -> -candidate.probe().accuracy())
                .thenComparingDouble(candidate -> candidate.probe().logLoss()));
        Candidate best = candidates.get(0);
        Candidate proposed = candidates.stream()
                .filter(candidate -> candidate.isAsGoodAs(best, request.seed()))
                .min(Comparator.comparingLong(Candidate::multiplyAdds).thenComparingInt(Candidate::features))
                .orElseThrow();
        Quadrant quadrant = quadrant(data, candidates, proposed);
        Trial trial = new FineTuningTrial(new TrialModels(request, proposed, store, cache, threads), listener)
                .run(data, probes.readable(), quadrant.much() && !quadrant.similar(), deadline);
        return new Advice(
                data.classes(),
                Arrays.stream(data.counts(data.training())).boxed().toList(),
                tried.size(),
                candidates,
                proposed,
                behind(best, proposed),
                quadrant,
                trial,
                leftOut,
                (System.nanoTime() - start) / NANOS);
    }

    private Dataset data() {
        ContentHashes hashes = cache.map(FeatureCache::contentHashes).orElseGet(ContentHashes::forgetful);
        Dataset data = new DatasetReader(ImageDecoder::looksLikeImage, hashes)
                .read(request.data(), request.validationSplit(), request.seed());
        data.samples().forEach(sample -> outputs.refuse(sample.path()));
        data.notices().forEach(listener::note);
        data.require(data.training(), "to train on");
        data.require(data.validation(), "to validate with");
        return data;
    }

    /** The cheapest network first, so that it is the costly ones for which the time may run out. */
    private List<NetworkPlan> plans(List<String> leftOut) {
        List<NetworkPlan> plans = new ArrayList<>();
        boolean named = !request.models().isEmpty();
        for (ModelRequest model : named ? request.models() : new WeightsHere(store).requests(request.seed())) {
            try {
                plans.add(NetworkPlan.of(model, models(), store));
            } catch (UserError e) {
                if (named) {
                    throw e;
                }
                leftOut.add("%s: %s".formatted(model.name(), e.getMessage()));
            }
        }
        plans.sort(Comparator.comparing(plan -> plan.multiplyAdds().get(0)));
        return plans;
    }

    private Quadrant quadrant(Dataset data, List<Candidate> candidates, Candidate proposed) {
        List<Candidate> ofNetwork = candidates.stream()
                .filter(candidate -> candidate.model().equals(proposed.model()))
                .toList();
        Candidate end = ofNetwork.stream().filter(Candidate::atEnd).findFirst().orElse(proposed);
        return Quadrant.of(
                data.counts(data.training()),
                end,
                ofNetwork.stream().filter(candidate -> !candidate.equals(end)).findFirst(),
                request.seed());
    }

    private Optional<PairedDifference> behind(Candidate best, Candidate proposed) {
        return best.equals(proposed) ? Optional.empty() : Optional.of(proposed.over(best, request.seed()));
    }

    private Models models() {
        return new Models(store, new ForwardPasses(Engine.ONEDNN, Precision.FP32, BATCH));
    }
}
