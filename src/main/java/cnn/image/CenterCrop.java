package cnn.image;

/**
 * The recipe of the published accuracies: scale, keeping the proportions, until the image just covers 256/224 of the
 * target; cut the target out of its middle.
 *
 * <p>For a square target that is "short side to 256, centre crop 224". Rounding is torchvision's: the long side is cut
 * off to whole pixels, the crop offset rounded half to even.
 *
 * @param resizedHeight height of the whole scaled image
 * @param resizedWidth width of the whole scaled image
 * @param crop what is kept of it
 */
record CenterCrop(int resizedHeight, int resizedWidth, Crop crop) {
    static CenterCrop of(Crop source, int height, int width) {
        int coverHeight = cover(height);
        int coverWidth = cover(width);
        long w = source.width();
        long h = source.height();
        boolean wide = w * coverHeight >= h * coverWidth;
        int resizedHeight = wide ? coverHeight : longSide(h * coverWidth / w);
        int resizedWidth = wide ? longSide(w * coverHeight / h) : coverWidth;
        int top = (int) Math.rint((resizedHeight - height) / 2.0);
        int left = (int) Math.rint((resizedWidth - width) / 2.0);
        return new CenterCrop(resizedHeight, resizedWidth, new Crop(top, left, height, width));
    }

    /** A strip of one pixel's height may grow beyond what an int holds; it is bounded, for it has no proportions to keep. */
    private static int longSide(long pixels) {
        return (int) Math.min(pixels, Integer.MAX_VALUE);
    }

    /** 256/224 of a side, to the nearest pixel: 256 of 224, 342 of 299. */
    private static int cover(int side) {
        return (int) Math.round(side * 256.0 / 224.0);
    }
}
