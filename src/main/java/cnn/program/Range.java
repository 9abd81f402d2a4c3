package cnn.program;

import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * How far the numbers of one value go.
 *
 * @param low what smaller numbers may be taken for
 * @param high what larger numbers may be taken for
 * @param lowest the smallest number seen in each channel
 * @param highest the largest number seen in each channel
 * @param means of each channel
 */
public record Range(float low, float high, List<Float> lowest, List<Float> highest, List<Float> means) {

    public Range {
        lowest = List.copyOf(lowest);
        highest = List.copyOf(highest);
        means = List.copyOf(means);
        if (!(low <= high)) {
            throw new IllegalArgumentException("a range from " + low + " to " + high);
        }
    }

    /** All of it, so that another range gives other bytes. */
    void writeTo(DataOutput bytes) throws IOException {
        bytes.writeFloat(low);
        bytes.writeFloat(high);
        for (List<Float> channels : List.of(lowest, highest, means)) {
            bytes.writeInt(channels.size());
            for (float number : channels) {
                bytes.writeFloat(number);
            }
        }
    }
}
