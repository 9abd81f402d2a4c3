package cnn.network;

/** Cells added on each side of a feature map. */
public record Pads(int top, int bottom, int left, int right) {

    public static final Pads NONE = new Pads(0, 0, 0, 0);

    public Pads {
        if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
            throw new IllegalArgumentException("padding must not be negative");
        }
    }

    /** The padding of this followed by that. */
    public Pads plus(Pads that) {
        return new Pads(
                Math.addExact(top, that.top),
                Math.addExact(bottom, that.bottom),
                Math.addExact(left, that.left),
                Math.addExact(right, that.right));
    }
}
