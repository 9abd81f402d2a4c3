package cnn.image;

import java.util.List;

/**
 * Random changes to training images, as {@code --augment} spells them; see {@link #parse}.
 *
 * <p>Flips, rotation, zoom and shifts are those of Keras's {@code RandomFlip}, {@code RandomRotation}, {@code RandomZoom}
 * (one factor for both axes) and {@code RandomTranslation}; shear, channel shift and brightness those of
 * {@code ImageDataGenerator}, for which there is no such layer. Of {@code ImageDataGenerator}'s brightness two habits are
 * left out: to stretch the contrast of every image to the full range first, and to round to whole levels.
 *
 * <p>The motions are composed in the order of the spelling, as the layers of a Keras {@code Sequential} follow each other,
 * but the image is resampled once and not once a layer: it stays sharper, and only what is mirrored in from beyond the
 * border differs. Channel shift and brightness follow in {@code ImageDataGenerator}'s order.
 *
 * <p>Immutable, and a function of its arguments only: a run that is resumed sees the same pictures. Any number of threads
 * may apply it at the same time.
 */
public final class Augmentation {
    /** Changes nothing. */
    public static final Augmentation NONE = new Augmentation(List.of(), FillMode.REFLECT, Colouring.NONE, "");

    private final List<Amount> motions;
    private final FillMode fill;
    private final Colouring colouring;
    private final String spec;

    /** A motion and how far it goes at most. */
    record Amount(Motion motion, double amount) {
        private Affine draw(Draws draws, int height, int width) {
            return motion.by(motion.draw(amount, draws), height, width);
        }
    }

    Augmentation(List<Amount> motions, FillMode fill, Colouring colouring, String spec) {
        this.motions = List.copyOf(motions);
        this.fill = fill;
        this.colouring = colouring;
        this.spec = spec;
    }

    /**
     * Words separated by commas, each at most once: {@code flip}, {@code vflip}, {@code rotate:0.1} (of a turn),
     * {@code zoom:0.2}, {@code hshift:0.1} (of the width), {@code vshift:0.1} (of the height), {@code shear:10} (degrees),
     * {@code brightness:0.8-1.2} (factors), {@code channel:20} (levels), each the most in either direction; and
     * {@code fill:reflect|nearest|constant|wrap} for what lies beyond the border, reflect if it is not given. No words, or
     * {@code none}: no change.
     *
     * @throws cnn.UserError of kind USAGE if the spelling is wrong, saying what is accepted
     */
    public static Augmentation parse(String spec) {
        return new AugmentationParser().parse(spec);
    }

    /** Whether every image stays as it is. */
    public boolean isNone() {
        return motions.isEmpty() && colouring.equals(Colouring.NONE);
    }

    /** Whatever decides, besides seed, epoch and image, which pixels come out: equal text, equal pixels. */
    public String recipe() {
        return isNone() ? "no augmentation" : "augmentation 1, " + spec;
    }

    /**
     * Changes one image in place, before it is scaled as weights demand.
     *
     * @param nhwc holds height * width * 3 floats from 0 to 255 from {@code offset} on, row-major, R G B
     * @param seed of the run
     * @param epoch another one gives another picture; counted from 1, as {@code cnn augment} does
     * @param imageKey tells images apart, whatever order they come in: the first eight bytes of the sha256 of the file
     */
    public void apply(float[] nhwc, int offset, int height, int width, long seed, int epoch, long imageKey) {
        if (height < 1 || width < 1 || offset < 0 || nhwc.length - offset < 3L * height * width) {
            throw new IllegalArgumentException(
                    "no image of %dx%d begins at %d of %d floats".formatted(height, width, offset, nhwc.length));
        }
        Draws draws = Draws.of(seed, epoch, imageKey);
        Affine from = Affine.IDENTITY;
        for (Amount motion : motions) {
            from = from.then(motion.draw(draws, height, width));
        }
        if (!from.equals(Affine.IDENTITY)) {
            Resampling.move(nhwc, offset, height, width, from, fill);
        }
        colouring.apply(nhwc, offset, 3 * height * width, draws);
    }

    /** The spelling, tidied. */
    @Override
    public String toString() {
        return isNone() ? "none" : spec;
    }
}
