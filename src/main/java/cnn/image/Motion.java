package cnn.image;

/** A way to move an image at random; as in Keras's preprocessing layers, or its {@code ImageDataGenerator} for shear. */
enum Motion {
    /** Left for right, half of the time. */
    FLIP {
        @Override
        double draw(double amount, Draws draws) {
            return draws.coin() ? 1 : 0;
        }

        @Override
        Affine by(double value, int height, int width) {
            return value == 0 ? Affine.IDENTITY : Affine.centred(-1, 0, 0, 1, height, width);
        }
    },
    /** Top for bottom, half of the time. */
    VFLIP {
        @Override
        double draw(double amount, Draws draws) {
            return draws.coin() ? 1 : 0;
        }

        @Override
        Affine by(double value, int height, int width) {
            return value == 0 ? Affine.IDENTITY : Affine.centred(1, 0, 0, -1, height, width);
        }
    },
    /** Turned about the middle by up to {@code amount} of a turn either way; counter-clockwise is positive. */
    ROTATE(1, "a fraction of a turn from 0 to 1, 0.125 for 45 degrees") {
        @Override
        Affine by(double value, int height, int width) {
            double angle = 2 * Math.PI * value;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            return Affine.centred(cos, -sin, sin, cos, height, width);
        }
    },
    /** Height and width divided by one number from 1 - amount to 1 + amount: above 1 more is seen, smaller. */
    ZOOM(0.99, "a fraction from 0 to 0.99, 0.2 for 80 % to 120 %") {
        @Override
        double draw(double amount, Draws draws) {
            return draws.between(1 - amount, 1 + amount);
        }

        @Override
        Affine by(double value, int height, int width) {
            return Affine.centred(value, 0, 0, value, height, width);
        }
    },
    /** To the side by up to {@code amount} of the width. */
    HSHIFT(1, "a fraction of the width from 0 to 1") {
        @Override
        Affine by(double value, int height, int width) {
            return Affine.shifted(width * value, 0);
        }
    },
    /** Up or down by up to {@code amount} of the height. */
    VSHIFT(1, "a fraction of the height from 0 to 1") {
        @Override
        Affine by(double value, int height, int width) {
            return Affine.shifted(0, height * value);
        }
    },
    /** Columns shifted along themselves by the sine of up to {@code amount} degrees, and spread by its cosine. */
    SHEAR(89, "degrees from 0 to 89") {
        @Override
        Affine by(double value, int height, int width) {
            double angle = Math.toRadians(value);
            return Affine.centred(StrictMath.cos(angle), 0, -StrictMath.sin(angle), 1, height, width);
        }
    };

    private final double most;
    private final String accepted;

    /** A motion without an amount. */
    Motion() {
        this(0, "");
    }

    Motion(double most, String accepted) {
        this.most = most;
        this.accepted = accepted;
    }

    boolean hasAmount() {
        return most > 0;
    }

    /** The largest amount that makes sense. */
    double most() {
        return most;
    }

    /** Which amounts are accepted, for people. */
    String accepted() {
        return accepted;
    }

    /** How far one image is moved: from -amount to amount, 0 or 1 for a flip, about 1 for a zoom. */
    double draw(double amount, Draws draws) {
        return draws.between(-amount, amount);
    }

    /** Where the pixels of an image come from that is moved by {@code value}, in the unit of the amount. */
    abstract Affine by(double value, int height, int width);
}
