package cnn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets engines take turns on one network and prints the median of each one's images per second. */
public final class Comparison {
    private static final double AGREED = 1e-4;

    private static final double SATURATED = 0.99;

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
        float[] first = contestants.get(0).run();
        float[] second = contestants.get(Math.min(1, contestants.size() - 1)).run();
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
