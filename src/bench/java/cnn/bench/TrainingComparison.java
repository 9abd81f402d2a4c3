package cnn.bench;

import cnn.program.Precision;
import cnn.network.RandomWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets engines take turns at training one network and prints each one's time for a step. */
public final class TrainingComparison {
    /** Share of the loss, which the steps change by 30 thousandths. */
    private static final double AGREED = 1e-4;

    private static final int STEPS = 3;

    private TrainingComparison() {}

    /** @param args tasks, engines, rounds; see the package's description */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> engines = List.of(args[1].split(","));
        System.out.println("milliseconds a step: the median of the turns, the least, and each relative to " + engines.get(0));
        System.out.printf("%-14s %6s  %-8s %9s %15s%n", "training", "images", "engine", "median", "least");
        for (String task : args[0].split(",")) {
            compare(task, engines, Integer.parseInt(args[2]));
        }
    }

    private static void compare(String name, List<String> engines, int rounds)
            throws IOException, InterruptedException {
        TrainingTask task = TrainingTask.named(name);
        List<Learner> learners = new ArrayList<>();
        try {
            for (String engine : engines) {
                learners.add(learner(engine, task));
            }
            checkAgreement(task, learners, engines);
            double[][] seconds = Turns.sortedSeconds(learners, rounds);
            for (int i = 0; i < seconds.length; i++) {
                System.out.printf("%-14s %6d  %-8s", name, task.images(), engines.get(i));
                print(Turns.median(seconds[i]), Turns.median(seconds[0]));
                print(seconds[i][0], seconds[0][0]);
                System.out.println();
            }
        } finally {
            learners.forEach(Learner::close);
        }
    }

    private static void print(double seconds, double reference) {
        System.out.printf(" %9.1f %5.2f", 1e3 * seconds, seconds / reference);
    }

    private static Learner learner(String engine, TrainingTask task) throws IOException {
        RandomWeights weights = new RandomWeights(42);
        return switch (engine) {
            case "pytorch" -> new TorchLearner(task, weights);
            case "dl4j" -> new Dl4jLearner(task, weights);
            default -> new EngineLearner(task, weights, Precision.of(engine));
        };
    }

    /** The same numbers of parameters, the same loss, and where no dropout makes a difference the same way down. */
    private static void checkAgreement(TrainingTask task, List<Learner> learners, List<String> engines) {
        for (int i = 0; i < learners.size(); i++) {
            if (learners.get(i).parameters() != task.tail().trainableParameters()) {
                throw new IllegalStateException("%s trains %d parameters, not %d"
                        .formatted(
                                engines.get(i),
                                learners.get(i).parameters(),
                                task.tail().trainableParameters()));
            }
        }
        checkLosses(learners, engines);
        if (!task.hasDropout()) {
            for (int step = 0; step < STEPS; step++) {
                learners.forEach(Learner::run);
            }
            checkLosses(learners, engines);
        }
    }

    private static void checkLosses(List<Learner> learners, List<String> engines) {
        List<Double> losses = learners.stream().map(Learner::loss).toList();
        double first = losses.get(0);
        if (!losses.stream().allMatch(loss -> Math.abs(loss - first) <= AGREED * first)) {
            throw new IllegalStateException("losses of %s differ: %s".formatted(engines, losses));
        }
    }
}
