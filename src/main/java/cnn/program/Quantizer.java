package cnn.program;

import cnn.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what of a program is computed with 8 bits. Convolutions and matrix products are, wherever the range of what they read
 * is known. A value is kept as whole numbers if somebody reads it so, if what gives it can give it so, and if nobody is to be
 * handed its floats.
 */
final class Quantizer {
    private final Program program;
    private final Quantization quantization;
    private final Map<String, Integer> uses;
    private final Map<String, List<Step>> readers = new HashMap<>();
    private final List<FloatStep> inFloat = new ArrayList<>();
    private final Set<String> whole = new HashSet<>();
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private final Map<String, Grid> grids = new HashMap<>();

    Quantizer(Program program, Quantization quantization) {
        this.program = program;
        this.quantization = quantization;
        this.uses = program.uses();
        for (Step step : program.steps()) {
            step.sources().forEach(source -> readers.computeIfAbsent(source, name -> new ArrayList<>())
                    .add(step));
        }
    }

    QuantizedProgram quantized() {
        List<Step> steps = program.steps().stream()
                .filter(step -> !(step instanceof Step.Deliver))
                .toList();
        steps.forEach(this::chooseWeighted);
        for (int i = steps.size() - 1; i >= 0; i--) {
            want(steps.get(i));
        }
        steps.forEach(this::keep);
        for (int i = steps.size() - 1; i >= 0; i--) {
            joinOnOneGrid(steps.get(i));
        }
        steps.forEach(this::giveGrid);
        for (Step step : steps) {
            if (step instanceof Step.Weighted weighted && whole.contains(step.target())) {
                grid(weighted.source());
                weighted.epilogue().addend().filter(this::hasRange).ifPresent(this::grid);
            }
        }
        return new QuantizedProgram(program, quantization.ranges(), grids, kept, whole, inFloat);
    }

    private void chooseWeighted(Step step) {
        if (!(step instanceof Step.Weighted weighted)) {
            boolean isFloat = (step instanceof Pointwise && gated(step).isEmpty())
                    || step instanceof Cellwise.NormalizeCells
                    || (step instanceof Step.Activate && !isRectifier(step));
            if (isFloat) {
                inFloat.add(new FloatStep(step.target(), "no int8 code for " + kind(step)));
            }
            return;
        }
        String layer = weighted.kernel().layer().name();
        Optional<String> reason = Optional.empty();
        if (weighted.weighted().stream().anyMatch(node -> quantization.inFloat().contains(node.name()))
                || quantization.inFloat().contains(step.target())) {
            reason = Optional.of("as asked");
        } else if (weighted.kernel().isTransposed()) {
            reason = Optional.of("a transposed convolution");
        } else if (!hasRange(weighted.source())) {
            reason = Optional.of("no range for " + weighted.source());
        }
        reason.ifPresentOrElse(text -> inFloat.add(new FloatStep(layer, text)), () -> whole.add(step.target()));
    }

    private static String kind(Step step) {
        if (step instanceof Step.Activate activate) {
            return activate.term().kind().name().toLowerCase(Locale.ROOT);
        }
        if (step instanceof Pointwise.Combine combine) {
            return combine.operator().name().toLowerCase(Locale.ROOT);
        }
        return step instanceof Cellwise
                ? "a layer norm"
                : step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Notes which of its sources a step, all of whose readers have been looked at, would read as whole numbers. */
    private void want(Step step) {
        if (whole.contains(step.target())) {
            Step.Weighted weighted = (Step.Weighted) step;
            wanted.add(weighted.source());
            if (wanted.contains(step.target())) {
                weighted.epilogue().addend().ifPresent(wanted::add);
            }
        } else if (wanted.contains(step.target())) {
            wanted.addAll(wholeSources(step));
        }
    }

    /** Of a step that has no kernel the values of which it must have whole numbers to give such; empty if it gives none. */
    private List<String> wholeSources(Step step) {
        boolean takesWhole = step instanceof Step.Pool
                ? !isVector(step.target())
                : keepsGrid(step)
                        || step instanceof Step.Join
                        || isRectifier(step)
                        || (step instanceof Step.Sum && step.sources().size() == 2);
        return takesWhole ? step.sources() : gated(step).stream().toList();
    }

    /** Of a product of a map and a number for each of its channels the map. */
    private Optional<String> gated(Step step) {
        return step instanceof Pointwise.Combine product
                        && product.operator() == Operator.MULTIPLY
                        && program.shapes()
                                .get(product.left())
                                .equals(program.shapes().get(product.target()))
                        && program.shapes().get(product.target()).isMap()
                        && isVector(product.right())
                ? Optional.of(product.left())
                : Optional.empty();
    }

    private boolean isVector(String value) {
        Shape shape = program.shapes().get(value);
        return shape.elements() == shape.channels();
    }

    /** Whether a step gives numbers of its source's grid. */
    private static boolean keepsGrid(Step step) {
        return step instanceof Step.OfOne && !(step instanceof Step.Drop);
    }

    /** Whether all that a step does is to cut off numbers, which a grid does too. */
    private static boolean isRectifier(Step step) {
        return step instanceof Step.Activate activate && Grid.canReplace(activate.term());
    }

    private void keep(Step step) {
        String target = step.target();
        boolean isHandedOut = readers.getOrDefault(target, List.of()).stream().anyMatch(Step.Deliver.class::isInstance);
        if (!wanted.contains(target) || isHandedOut || !hasRange(target)) {
            return;
        }
        boolean canAdd = !(step instanceof Step.Weighted weighted)
                || weighted.epilogue().addend().stream().allMatch(this::hasRange);
        if ((whole.contains(target) && canAdd)
                || (!wholeSources(step).isEmpty() && kept.containsAll(wholeSources(step)))) {
            kept.add(target);
        }
    }

    /** Lets those who give the parts of what is joined give them on the grid of the whole. */
    private void joinOnOneGrid(Step step) {
        if (step instanceof Step.Join && kept.contains(step.target())) {
            Grid grid = grid(step.target());
            for (String source : step.sources()) {
                if (uses.get(source) == 1 && whole.contains(source)) {
                    grids.put(source, grid);
                }
            }
        }
    }

    private void giveGrid(Step step) {
        if (kept.contains(step.target())) {
            if (keepsGrid(step)) {
                grids.put(step.target(), grid(step.sources().get(0)));
            } else {
                grid(step.target());
            }
        }
    }

    private boolean hasRange(String value) {
        return quantization.ranges().of(value).isPresent();
    }

    private Grid grid(String value) {
        return grids.computeIfAbsent(
                value, name -> Grid.of(quantization.ranges().of(name).orElseThrow()));
    }
}
