package cnn.program;

import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets padding vanish into the windows behind it. A convolution's own padding is zeros, so it takes any; a mean takes them
 * if it has none of its own, and counts them; a maximum ignores its own padding, so it takes zeros only where nothing is
 * smaller than zero. No window may lie in the padding altogether.
 */
final class Borders {
    private final Map<String, Step> producers = new HashMap<>();

    private Borders(List<Step> steps) {
        steps.stream()
                .filter(step -> !(step instanceof Step.Deliver))
                .forEach(step -> producers.put(step.target(), step));
    }

    /** The same steps without the padding that all its readers can take upon themselves. */
    static List<Step> absorb(List<Step> steps) {
        Borders borders = new Borders(steps);
        List<Step> left = new ArrayList<>(steps);
        for (Step step : steps) {
            if (step instanceof Step.Pad padding) {
                borders.absorb(padding, left);
            }
        }
        return left;
    }

    private void absorb(Step.Pad padding, List<Step> steps) {
        Map<Integer, Step> wider = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).sources().contains(padding.target())) {
                Optional<Step> taken = wider(steps.get(i), padding);
                if (taken.isEmpty()) {
                    return;
                }
                wider.put(i, taken.get());
            }
        }
        wider.forEach(steps::set);
        steps.remove(padding);
    }

    /** A step that reads a padding, as one that pads by itself; empty where that would give something else. */
    private Optional<Step> wider(Step reader, Step.Pad padding) {
        String inside = padding.source();
        if (reader instanceof Step.Convolve step && !step.kernel().isTransposed()) {
            Pads pads = step.pads().plus(padding.pads());
            Step wider = new Step.Convolve(step.kernel(), inside, pads, step.epilogue(), step.target());
            return Optional.of(wider).filter(taken -> fits(pads, step.kernel().window()));
        }
        if (reader instanceof Step.Pool step) {
            Pads pads = step.pads().plus(padding.pads());
            boolean sameResult = step.pooling() == Pooling.MAX
                    ? notNegative(inside)
                    : step.window().padding() == Padding.VALID;
            Step wider = new Step.Pool(step.pooling(), step.window(), pads, true, inside, step.target());
            return Optional.of(wider).filter(taken -> sameResult && fits(pads, step.window()));
        }
        return Optional.empty();
    }

    private static boolean fits(Pads pads, Window window) {
        int extentHeight = (window.kernelHeight() - 1) * window.dilationHeight() + 1;
        int extentWidth = (window.kernelWidth() - 1) * window.dilationWidth() + 1;
        return Math.max(pads.top(), pads.bottom()) < extentHeight && Math.max(pads.left(), pads.right()) < extentWidth;
    }

    private boolean notNegative(String value) {
        Step producer = producers.get(value);
        return producer != null && producer.notNegative(this::notNegative);
    }
}
