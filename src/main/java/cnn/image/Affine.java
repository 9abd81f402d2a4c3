package cnn.image;

/**
 * Where each pixel of a moved image comes from: source x = xx * x + xy * y + x0, source y = yx * x + yy * y + y0, x to the
 * right, y down, in pixels, from the centre of the pixel at the top left.
 */
record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {
    static final Affine IDENTITY = new Affine(1, 0, 0, 0, 1, 0);

    /** These four numbers about the middle of an image, in pixels. */
    static Affine centred(double xx, double xy, double yx, double yy, int height, int width) {
        double cx = (width - 1) / 2.0;
        double cy = (height - 1) / 2.0;
        return new Affine(xx, xy, cx - xx * cx - xy * cy, yx, yy, cy - yx * cx - yy * cy);
    }

    /** An image moved by this much to the right and down. */
    static Affine shifted(double right, double down) {
        return new Affine(1, 0, -right, 0, 1, -down);
    }

    /** The image moved by this and then by {@code next}. */
    Affine then(Affine next) {
        return new Affine(
                xx * next.xx + xy * next.yx,
                xx * next.xy + xy * next.yy,
                xx * next.x0 + xy * next.y0 + x0,
                yx * next.xx + yy * next.yx,
                yx * next.xy + yy * next.yy,
                yx * next.x0 + yy * next.y0 + y0);
    }

    /** Whether every pixel comes from one pixel: rows and columns shifted by whole numbers or turned round. */
    boolean keepsPixels() {
        return xy == 0
                && yx == 0
                && Math.abs(xx) == 1
                && Math.abs(yy) == 1
                && x0 == Math.rint(x0)
                && y0 == Math.rint(y0);
    }
}
