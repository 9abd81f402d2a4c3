package cnn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lets engines take turns on one network and prints the median of each one's images per second. */
public final class Comparison {
    private static final double AGREED = 1e-4;

    private static final double SATURATED = 0.99;

    private static final double CORRELATED = 0.98;

    private Comparison() {}

    /** @param args networks, images per run, engines, rounds; see the package's description */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> engines = List.of(args[2].split(","));
        int rounds = Integer.parseInt(args[3]);
        int threads = Integer.getInteger("bench.threads", 2);
        System.out.printf("%-20s %6s  %s%n", "network", "images", "images per second, and relative to " + engines.get(0));
        for (String model : args[0].split(",")) {
            for (String images : args[1].split(",")) {
                compare(model, Integer.parseInt(images), engines, rounds, threads);
            }
        }
    }

    private static void compare(String model, int images, List<String> engines, int rounds, int threads)
            throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (String engine : engines) {
                contestants.add(Contestant.of(engine, model, images, threads));
            }
            checkAgreement(contestants, engines);
            List<Runnable> runs = new ArrayList<>();
            contestants.forEach(contestant -> runs.add(contestant::run));
            print(model, images, engines, Turns.sortedSeconds(runs, rounds));
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private static void checkAgreement(List<Contestant> contestants, List<String> engines) {
        float[] exact = contestants.get(0).run();
        for (int i = 1; i < contestants.size(); i++) {
            float[] other = contestants.get(i).run();
            if (engines.get(i).endsWith("int8")) {
                checkLikeness(engines.get(i), exact, other);
            } else if (i == 1) {
                checkEquality(engines, exact, other);
            }
        }
    }

    private static void checkEquality(List<String> engines, float[] first, float[] second) {
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < first.length; i++) {
            worst = Math.max(worst, Math.abs(first[i] - second[i]));
            largest = Math.max(largest, first[i]);
        }
        if (largest > SATURATED) {
            throw new IllegalStateException("a probability of %g cannot show whether engines agree".formatted(largest));
        }
        if (!(worst < AGREED) || first.length != second.length) {
            throw new IllegalStateException("outputs of %s, the largest of them %g, differ by %g".formatted(engines.subList(0, 2), largest, worst));
        }
    }

    /** Whether what should be the same network in 8 bits is so: by the correlation of the logits. */
    private static void checkLikeness(String engine, float[] exact, float[] near) {
        double correlation = correlation(logits(exact), logits(near));
        System.out.printf("%s: correlation of logits %.5f%n", engine, correlation);
        if (!(correlation > CORRELATED)) {
            throw new IllegalStateException("%s computes something else".formatted(engine));
        }
    }

    private static double[] logits(float[] probabilities) {
        double[] logits = new double[probabilities.length];
        Arrays.setAll(logits, i -> Math.log(probabilities[i]));
        double mean = Arrays.stream(logits).average().orElseThrow();
        return Arrays.stream(logits).map(logit -> logit - mean).toArray();
    }

    private static double correlation(double[] first, double[] second) {
        return product(first, second) / Math.sqrt(product(first, first) * product(second, second));
    }

    private static double product(double[] first, double[] second) {
        return IntStream.range(0, first.length).mapToDouble(i -> first[i] * second[i]).sum();
    }

    private static void print(String model, int images, List<String> engines, double[][] seconds) {
        StringBuilder line = new StringBuilder("%-20s %6d".formatted(model, images));
        double reference = images / Turns.median(seconds[0]);
        for (int i = 0; i < seconds.length; i++) {
            double speed = images / Turns.median(seconds[i]);
            line.append("  %s %.1f (%.2f)".formatted(engines.get(i), speed, speed / reference));
        }
        System.out.println(line);
    }
}
