package cnn.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts of one invariant: how often it held, what broke it, and what the most demanding case took. */
final class Tally {
    private static final int SHOWN = 200;

    private final String name;
    private final String promise;
    private final List<String> broken = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int held;
    private double slowest;
    private String slowestName = "";
    private long most;

    /**
     * @param name of the group
     * @param promise what has to hold
     */
    Tally(String name, String promise) {
        this.name = name;
        this.promise = promise;
    }

    Tally holds() {
        held++;
        return this;
    }

    /** Told at once: whoever waits may read it. */
    Tally breaks(String how) {
        broken.add(how);
        if (broken.size() <= SHOWN) {
            System.err.println("    " + how);
        }
        return this;
    }

    /** @param how what broke it, if it did not hold */
    Tally check(boolean holds, String how) {
        return holds ? holds() : breaks(how);
    }

    /** What cannot be tried on this machine. */
    Tally skips(String what) {
        skipped.add(what);
        return this;
    }

    void took(double seconds, long megabytes, String what) {
        if (seconds > slowest) {
            slowest = seconds;
            slowestName = what;
        }
        most = Math.max(most, megabytes);
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    boolean allHold() {
        return broken.isEmpty();
    }

    /** All about it in one line. */
    String line() {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-11s %-64s %,7d of %,7d", name, promise, held, held + broken.size()));
        if (slowest > 0) {
            line.append(String.format(Locale.ROOT, ", slowest %.1f s (%s)", slowest, slowestName));
        }
        if (most > 0) {
            line.append(String.format(Locale.ROOT, ", most memory %,d MB", most));
        }
        if (!skipped.isEmpty()) {
            line.append(", skipped: ").append(String.join("; ", skipped));
        }
        return line.append(allHold() ? "   holds" : "   BROKEN").toString();
    }
}
