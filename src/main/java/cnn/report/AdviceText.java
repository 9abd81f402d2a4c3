package cnn.report;

import cnn.Counted;
import cnn.advise.Advice;
import cnn.advise.Candidate;
import cnn.advise.Quadrant;
import cnn.advise.Trial;
import cnn.metrics.PairedDifference;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was advised, and by which figures, in words. */
public final class AdviceText {
    private AdviceText() {}

    /** How much there is, and what was tried. */
    static String data(Advice advice) {
        long least = advice.counts().stream().min(Long::compare).orElseThrow();
        long most = advice.counts().stream().max(Long::compare).orElseThrow();
        long all = advice.counts().stream().mapToLong(Long::longValue).sum();
        return "%s of %s, %s each%s"
                .formatted(
                        Counted.of(all, "training image"),
                        Counted.of(advice.classes().size(), "class"),
                        least == most ? Figure.grouped(least) : Figure.grouped(least) + " to " + Figure.grouped(most),
                        advice.tried() < all ? "; tried on " + Figure.grouped(advice.tried()) : "");
    }

    /** Which case of the tutorials it is, and by which figures. */
    static String quadrant(Quadrant quadrant) {
        String size = String.format(
                Locale.ROOT,
                "%s data (%,.0f training images a class; much is from %d)",
                quadrant.much() ? "much" : "little",
                quadrant.perClass(),
                Quadrant.MUCH);
        String share = quadrant.share().isPresent()
                ? "the network's own classes say %s of what there is to say of these; similar is from %s"
                        .formatted(Figure.percent(quadrant.share().getAsDouble()), Figure.percent(Quadrant.SIMILAR))
                : "the network's own classes are not known here";
        String layers = quadrant.earlier().isEmpty()
                ? ""
                : "; layer %s has an accuracy of %s against its end"
                        .formatted(
                                quadrant.earlier().get().layer(),
                                signed(quadrant.gain().orElseThrow()));
        return "%s, %s to what the network was trained on (%s%s): the tutorials say %s"
                .formatted(size, quadrant.similar() ? "similar" : "different", share, layers, quadrant.advice());
    }

    /** What is proposed, and why it and no other. */
    public static String proposed(Advice advice) {
        Candidate proposed = advice.proposed();
        String accuracy = "%s, cross-validated accuracy %s (95 %%: %s)"
                .formatted(
                        proposed.words(),
                        Figure.of(proposed.probe().accuracy()),
                        Figure.of(proposed.probe().interval()));
        return advice.behind()
                .map(behind -> accuracy
                        + "; the best, %s, is not significantly more accurate (%s, McNemar's p %s) or surer, and costs %s multiply-adds an image, not %s"
                                .formatted(
                                        advice.best().words(),
                                        signed(behind),
                                        Figure.chance(behind.test().p()),
                                        Figure.inMillions(advice.best().multiplyAdds()),
                                        Figure.inMillions(proposed.multiplyAdds())))
                .orElseGet(() -> accuracy + "; the best of all, and no cheaper one is as good");
    }

    /**
     * What a model keeps of why it was trained as it was: the same for equal images, seed and budget, whatever the clock says.
     *
     * @param tuned whether it is fine-tuned
     */
    public static String chosen(Advice advice, boolean tuned) {
        return proposed(advice) + (tuned ? "; fine-tuning " + fineTuning(advice.trial()) : "; a linear head alone");
    }

    /** Whether fine-tuning pays, and how that is known. */
    public static String fineTuning(Trial trial) {
        String what = "%s, %s at %s"
                .formatted(
                        trial.tuning().unfreeze().spec().equals("all")
                                ? "all layers"
                                : "from " + trial.tuning().unfreeze().spec() + " up",
                        Counted.of(trial.tuning().epochs(), "epoch"),
                        Figure.plain(trial.tuning().learningRate()));
        if (trial.judged().isEmpty()) {
            return "not tried (%s): would take %s".formatted(what, duration(trial.seconds()));
        }
        Trial.Judged judged = trial.judged().get();
        PairedDifference gain = judged.gain();
        return "%s (%s): %s against the head's accuracy of %s on %s that neither saw, McNemar's p %s, both learnt from %s"
                .formatted(
                        trial.pays() ? "pays" : "not shown to pay",
                        what,
                        signed(gain),
                        Figure.of(judged.headAccuracy()),
                        Counted.of(judged.images(), "image"),
                        Figure.chance(gain.test().p()),
                        Counted.of(trial.learntFrom(), "image"));
    }

    /** What was not tried. */
    static String leftOut(Advice advice) {
        return advice.leftOut().stream().map(OneLine::of).collect(Collectors.joining("; "));
    }

    static String duration(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }

    private static String signed(PairedDifference difference) {
        return "%s (95 %%: %s)".formatted(Figure.signed(difference.difference()), Figure.signed(difference.interval()));
    }
}
