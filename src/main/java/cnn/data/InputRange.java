package cnn.data;

import cnn.UserError;
import cnn.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The inputs of a run that one shard works on.
 *
 * @param inputs in all shards
 * @param first of this shard, from 0
 * @param end the input behind its last one
 * @param names the hash of the names of all inputs, each with a NUL behind it: of equal hash, equal lists
 */
public record InputRange(Shard shard, long inputs, long first, long end, Sha256 names) {

    /**
     * Lists all inputs, in memory that does not depend on how many there are.
     *
     * @param unit inputs that no two shards may divide between them
     */
    public static InputRange of(Shard shard, Iterator<ImageInput> all, int unit) {
        MessageDigest names = Sha256.digest();
        long inputs = 0;
        while (all.hasNext()) {
            names.update(all.next().given().getBytes(StandardCharsets.UTF_8));
            names.update((byte) 0);
            inputs++;
        }
        return new InputRange(
                shard,
                inputs,
                shard.first(inputs, unit),
                shard.end(inputs, unit),
                Sha256.read(ByteBuffer.wrap(names.digest())));
    }

    /** How many there are. */
    public long size() {
        return end - first;
    }

    /**
     * These of all inputs, which are listed a second time.
     *
     * @throws UserError while iterating, if there are fewer by then
     */
    public Iterator<ImageInput> of(Iterator<ImageInput> all) {
        for (long passed = 0; passed < first && all.hasNext(); passed++) {
            all.next();
        }
        return new Iterator<>() {
            private long next = first;

            @Override
            public boolean hasNext() {
                if (next < end && !all.hasNext()) {
                    throw UserError.data("the inputs changed while they were listed: %,d were there, then %,d"
                            .formatted(inputs, next));
                }
                return next < end;
            }

            @Override
            public ImageInput next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                next++;
                return all.next();
            }
        };
    }
}
