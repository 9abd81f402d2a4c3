package cnn.program;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What has been seen of one value: whole numbers only, so that the order in which images come makes no difference. */
public final class ObservedValue {
    /** Of one channel's sum over one image. */
    private static final double SUM_STEPS = 1 << 20;

    private final float[] lowest;
    private final float[] highest;
    private final long[] sums;
    private final Histogram histogram = new Histogram();
    private long images;

    public ObservedValue(int channels) {
        this.lowest = new float[channels];
        this.highest = new float[channels];
        this.sums = new long[channels];
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
    }

    /** Notes the numbers of one image, channels innermost. */
    public void add(FloatBuffer image) {
        int channels = sums.length;
        double[] sum = new double[channels];
        int cells = image.remaining() / channels;
        float[] cell = new float[channels];
        for (int i = 0; i < cells; i++) {
            image.get(i * channels, cell);
            for (int c = 0; c < channels; c++) {
                float number = cell[c];
                lowest[c] = Math.min(lowest[c], number);
                highest[c] = Math.max(highest[c], number);
                sum[c] += number;
                histogram.add(number);
            }
        }
        for (int c = 0; c < channels; c++) {
            sums[c] += Math.round(sum[c] / cells * SUM_STEPS);
        }
        images++;
    }

    /** Whether every number was a finite one. */
    public boolean isFinite() {
        for (int c = 0; c < lowest.length; c++) {
            if (!Float.isFinite(lowest[c]) || !Float.isFinite(highest[c])) {
                return false;
            }
        }
        return true;
    }

    public Range range(RangeMethod method) {
        float low = lowest[0];
        float high = highest[0];
        for (int c = 0; c < lowest.length; c++) {
            low = Math.min(low, lowest[c]);
            high = Math.max(high, highest[c]);
        }
        List<Float> means = new ArrayList<>();
        for (long sum : sums) {
            means.add((float) (sum / SUM_STEPS / images));
        }
        float end = (float) new Threshold(histogram, low < 0 ? 127 : 255).by(method);
        return new Range(
                Math.min(Math.max(low, -end), high),
                Math.max(Math.min(high, end), low),
                list(lowest),
                list(highest),
                means);
    }

    private static List<Float> list(float[] numbers) {
        List<Float> list = new ArrayList<>();
        for (float number : numbers) {
            list.add(number);
        }
        return list;
    }
}
