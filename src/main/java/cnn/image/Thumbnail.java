package cnn.image;

/** A picture made small enough to look at beside others. */
public final class Thumbnail {

    private Thumbnail() {}

    /** The picture with its longer side of at most {@code longest} pixels; smaller ones as they are. */
    public static Pixels of(Pixels picture, int longest) {
        int side = Math.max(picture.width(), picture.height());
        if (side <= longest) {
            return picture;
        }
        int height = Math.max(1, Math.round((float) picture.height() * longest / side));
        int width = Math.max(1, Math.round((float) picture.width() * longest / side));
        return PillowResize.resize(picture, PillowFilter.BILINEAR, height, width);
    }

    /** The picture stretched to a size, smoothly. */
    public static Pixels stretched(Pixels picture, int width, int height) {
        return PillowResize.resize(picture, PillowFilter.BILINEAR, height, width);
    }
}
