package cnn.hostile;

import java.util.Arrays;
import java.util.Random;

/** Damage done to the bytes of a file: any file, any format, the same for the same seed. */
final class Mutation {
    private static final int HEADER_BYTES = 256;
    private static final long[] NASTY = {
        0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffffL, 0x80000000L, 0xffffffffL
    };

    private Mutation() {}

    /** Between one and four kinds of damage, more often near the start, where formats keep their sizes. */
    static byte[] of(byte[] file, Random random) {
        byte[] damaged = file.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && damaged.length > 8; times--) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static byte[] once(byte[] file, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
            case 1 -> without(file, random);
            case 2 -> repeated(file, random);
            case 3 -> trailing(file, random);
            case 4, 5 -> number(file, random);
            default -> flipped(file, random);
        };
    }

    /** Some bits or bytes changed. */
    private static byte[] flipped(byte[] file, Random random) {
        for (int flips = 1 + random.nextInt(12); flips > 0; flips--) {
            int at = place(file, random);
            file[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (file[at] ^ (1 << random.nextInt(8)));
        }
        return file;
    }

    /** A number of one, two, four or eight bytes that programs stumble over, in either byte order. */
    private static byte[] number(byte[] file, Random random) {
        long value = NASTY[random.nextInt(NASTY.length)];
        int bytes = 1 << random.nextInt(4);
        boolean lowFirst = random.nextBoolean();
        int at = place(file, random);
        for (int i = 0; i < bytes && at + i < file.length; i++) {
            file[at + i] = (byte) (value >>> (8 * (lowFirst ? i : bytes - 1 - i)));
        }
        return file;
    }

    private static byte[] without(byte[] file, Random random) {
        int from = place(file, random);
        int to = Math.min(file.length, from + 1 + random.nextInt(64));
        return new Bytes().raw(file, 0, from).raw(file, to, file.length).done();
    }

    private static byte[] repeated(byte[] file, Random random) {
        int from = place(file, random);
        int to = Math.min(file.length, from + 1 + random.nextInt(300));
        Bytes longer = new Bytes().raw(file, 0, to);
        for (int times = 1 + random.nextInt(20); times > 0; times--) {
            longer.raw(file, from, to);
        }
        return longer.raw(file, to, file.length).done();
    }

    private static byte[] trailing(byte[] file, Random random) {
        byte[] garbage = new byte[1 + random.nextInt(5000)];
        random.nextBytes(garbage);
        return new Bytes().raw(file).raw(garbage).done();
    }

    private static int place(byte[] file, Random random) {
        return random.nextInt(random.nextBoolean() ? Math.min(HEADER_BYTES, file.length) : file.length);
    }
}
