package cnn.hostile;

import java.time.Duration;

/**
 * How long something of a process took, on a machine that others may use too: the time that went by, or where that is less
 * the processors' time that the process got meanwhile, but not less than a sixth of what went by.
 *
 * @param begunNanoseconds of {@link System#nanoTime}
 * @param used the process's processor time until then
 */
record Clock(ProcessHandle process, long begunNanoseconds, Duration used) {
    private static final double LEAST_SHARE = 1 / 6.0;

    static Clock start(ProcessHandle process) {
        return new Clock(process, System.nanoTime(), cpu(process));
    }

    double seconds() {
        double passed = (System.nanoTime() - begunNanoseconds) / 1e9;
        double worked = cpu(process).minus(used).toNanos() / 1e9;
        return Math.min(passed, Math.max(worked, passed * LEAST_SHARE));
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
