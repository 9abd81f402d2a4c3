package cnn.image;

/** The filters of Pillow's {@code Image.resize} (Resample.c). */
enum PillowFilter {
    BOX(0.5) {
        @Override
        double at(double x) {
            return -0.5 < x && x <= 0.5 ? 1.0 : 0.0;
        }
    },
    BILINEAR(1.0) {
        @Override
        double at(double x) {
            return Math.max(0.0, 1.0 - Math.abs(x));
        }
    },
    /** The Hamming window over a sinc; its two factors are floats in Pillow. */
    HAMMING(1.0) {
        @Override
        double at(double x) {
            double d = Math.abs(x);
            return d < 1.0 ? sinc(d) * (0.54f + 0.46f * Math.cos(d * Math.PI)) : 0.0;
        }
    },
    /** Keys' cubic with a = -0.5. */
    BICUBIC(2.0) {
        @Override
        double at(double x) {
            double a = -0.5;
            double d = Math.abs(x);
            if (d < 1.0) {
                return ((a + 2.0) * d - (a + 3.0)) * d * d + 1;
            }
            return d < 2.0 ? (((d - 5) * d + 8) * d - 4) * a : 0.0;
        }
    },
    LANCZOS(3.0) {
        @Override
        double at(double x) {
            return -3.0 <= x && x < 3.0 ? sinc(x) * sinc(x / 3) : 0.0;
        }
    };

    /** How far from its centre the filter reaches, in source pixels when enlarging. */
    final double support;

    PillowFilter(double support) {
        this.support = support;
    }

    /** The weight at a distance from the centre. */
    abstract double at(double x);

    private static double sinc(double x) {
        if (x == 0.0) {
            return 1.0;
        }
        double angle = x * Math.PI;
        return Math.sin(angle) / angle;
    }
}
