package cnn.data;

import cnn.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the shards that the inputs of a run are divided into: contiguous ranges of them in their order, as even as can be.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Shard(int number, int of) {
    private static final Pattern WORDS = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    public Shard {
        if (number < 1 || number > of) {
            throw UserError.usage(
                    "there is no shard %d of %d; the first is 1/%d".formatted(number, of, Math.max(1, of)));
        }
    }

    /**
     * Reads {@code 3/7}.
     *
     * @throws UserError if it is none
     */
    public static Shard parse(String words) {
        Matcher found = WORDS.matcher(words);
        if (!found.matches()) {
            throw UserError.usage("'%s' is no shard; expected I/N, such as 3/7".formatted(words));
        }
        return new Shard(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
    }

    /**
     * Its first input, from 0; where the one before it ends.
     *
     * @param inputs in all
     * @param unit inputs that no two shards may divide between them
     */
    public long first(long inputs, int unit) {
        return bound(number - 1, inputs, unit);
    }

    /** The input behind its last one; see {@link #first}. */
    public long end(long inputs, int unit) {
        return bound(number, inputs, unit);
    }

    private long bound(int before, long inputs, int unit) {
        long units = (inputs + unit - 1) / unit;
        return Math.min(inputs, Math.multiplyExact(units, before) / of * unit);
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
