package cnn.classify;

import cnn.model.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many a second two ways of doing the same get done: in turns, so that both have the machine as it is, and the median of
 * the turns of each.
 */
public record PairedThroughput(double first, double second) {
    private static final int TURNS = 9;
    private static final long TURN_NANOS = 60_000_000L;

    /** Images a second through two models of one input, black ones. */
    public static PairedThroughput of(Model first, Model second, int batchSize) {
        int floats = Math.multiplyExact(batchSize, Math.toIntExact(first.input().elements()));
        FloatBuffer nhwc = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return of(batchSize, () -> first.pass().run(nhwc.duplicate(), batchSize), () -> second.pass()
                .run(nhwc.duplicate(), batchSize));
    }

    /** @param count how many items one run of either does */
    private static PairedThroughput of(int count, Runnable first, Runnable second) {
        List<Double> ofFirst = new ArrayList<>();
        List<Double> ofSecond = new ArrayList<>();
        for (int turn = 0; turn <= TURNS; turn++) {
            double one = perSecond(count, first);
            double other = perSecond(count, second);
            if (turn > 0) { // before that all is cold
                ofFirst.add(one);
                ofSecond.add(other);
            }
        }
        return new PairedThroughput(median(ofFirst), median(ofSecond));
    }

    private static double perSecond(int count, Runnable work) {
        long start = System.nanoTime();
        long now = start;
        int runs = 0;
        while (now - start < TURN_NANOS) {
            work.run();
            runs++;
            now = System.nanoTime();
        }
        return runs * count * 1e9 / (now - start);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
