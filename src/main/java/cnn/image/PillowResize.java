package cnn.image;

import cnn.image.PillowWeights.Window;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Pillow's {@code Image.resize} for 8-bit RGB, bit for bit: antialiased where it shrinks, horizontally first, rounded to
 * 8 bits between the passes (Resample.c; nearest neighbour from Geometry.c, ImagingScaleAffine).
 */
final class PillowResize {
    private static final int HALF = 1 << (PillowWeights.BITS - 1);
    /** Weights of columns that are held at once. */
    private static final int MAX_WEIGHTS = 1 << 23;

    private final Region source;
    private final Crop crop;
    /** Null where the width stays; likewise {@code down} where the height does. */
    private final PillowWeights across;

    private final PillowWeights down;

    private PillowResize(Region source, PillowFilter filter, int height, int width, Crop crop) {
        Crop part = source.part();
        Crop box = source.box();
        this.source = source;
        this.crop = crop;
        this.across = width == part.width() && width == box.width()
                ? null
                : new PillowWeights(filter, part.width(), box.left(), box.width(), width);
        this.down = height == part.height() && height == box.height()
                ? null
                : new PillowWeights(filter, part.height(), box.top(), box.height(), height);
    }

    /**
     * The nearest source pixel for each target pixel along one axis.
     *
     * @param from where the box begins that becomes the target
     * @param length of that box
     */
    static int[] nearest(int from, int length, int target) {
        double scale = (double) length / target;
        int[] positions = new int[target];
        // Pillow adds up instead of multiplying, and the rounding errors are part of the result.
        double position = from + scale * 0.5;
        for (int i = 0; i < target; i++) {
            positions[i] = Math.min((int) position, from + length - 1);
            position += scale;
        }
        return positions;
    }

    /** The whole image, resized. */
    static Pixels resize(Pixels source, PillowFilter filter, int height, int width) {
        return resize(Region.whole(source), filter, height, width, new Crop(0, 0, height, width));
    }

    /**
     * A part of the resized image; the rest of it is not computed.
     *
     * @param height of the whole resized image
     * @param width of the whole resized image
     */
    static Pixels resize(Region source, PillowFilter filter, int height, int width, Crop crop) {
        if (source.part().width() == 1 && crop.width() > 1) {
            // One column makes equal columns; a strip of millions of lines is not to be computed once for each.
            Crop column = new Crop(crop.top(), 0, crop.height(), 1);
            return resize(source, filter, height, 1, column).repeated(crop.width());
        }
        PillowResize resize = new PillowResize(source, filter, height, width, crop);
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(crop.width(), crop.height()))];
        int columns = resize.columnsAtOnce();
        for (int left = 0; left < crop.width(); left += columns) {
            resize.columns(left, Math.min(columns, crop.width() - left), rgb);
        }
        return new Pixels(crop.width(), crop.height(), rgb);
    }

    /** About how many multiplications by a weight {@link #resize} takes for one channel. */
    static double multiplications(Region source, PillowFilter filter, int height, int width, Crop crop) {
        PillowResize resize = new PillowResize(source, filter, height, width, crop);
        double rows = resize.lastRow() - resize.firstRow();
        double perRow = resize.across == null ? 1 : resize.across.taps();
        double perColumn = resize.down == null ? 0 : (double) resize.down.taps() * crop.height();
        double columns = source.part().width() == 1 ? 1 : crop.width();
        return columns * (rows * perRow + perColumn);
    }

    /** As many columns as have weights that take little memory; all of them for most images. */
    private int columnsAtOnce() {
        return across == null ? crop.width() : Math.max(1, MAX_WEIGHTS / across.taps());
    }

    private int firstRow() {
        return down == null ? crop.top() : down.first(crop.top());
    }

    private int lastRow() {
        return down == null ? crop.top() + crop.height() : down.end(crop.top() + crop.height() - 1);
    }

    /**
     * Computes some columns of the crop. Each source row is narrowed once and added to the target rows that it is a part
     * of; so no more is held than these.
     */
    private void columns(int left, int count, byte[] rgb) {
        Window[] windows = across == null ? null : across.windows(crop.left() + left, count);
        byte[] narrowed = new byte[3 * count];
        Deque<TargetRow> underway = new ArrayDeque<>();
        int begun = 0;
        for (int row = firstRow(); row < lastRow(); row++) {
            narrow(row, left, windows, narrowed);
            if (down == null) {
                System.arraycopy(narrowed, 0, rgb, place(row - crop.top(), left), narrowed.length);
                continue;
            }
            while (begun < crop.height() && down.first(crop.top() + begun) <= row) {
                underway.add(new TargetRow(begun, down.window(crop.top() + begun), 3 * count));
                begun++;
            }
            for (TargetRow target : underway) {
                target.add(narrowed, row);
            }
            while (!underway.isEmpty() && underway.peek().window.end() == row + 1) {
                TargetRow done = underway.poll();
                done.write(rgb, place(done.index, left));
            }
        }
    }

    private int place(int row, int left) {
        return 3 * (row * crop.width() + left);
    }

    /** A source row, as wide as the target. */
    private void narrow(int row, int left, Window[] windows, byte[] narrowed) {
        byte[] in = source.pixels().rgb();
        int start = source.at(row);
        if (windows == null) {
            System.arraycopy(in, start + 3 * (crop.left() + left), narrowed, 0, narrowed.length);
            return;
        }
        int to = 0;
        for (Window window : windows) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int from = start + 3 * window.first();
            for (int weight : window.weights()) {
                red += (in[from] & 0xff) * weight;
                green += (in[from + 1] & 0xff) * weight;
                blue += (in[from + 2] & 0xff) * weight;
                from += 3;
            }
            narrowed[to] = clip(red);
            narrowed[to + 1] = clip(green);
            narrowed[to + 2] = clip(blue);
            to += 3;
        }
    }

    private static byte clip(int fixed) {
        return (byte) Math.max(0, Math.min(255, fixed >> PillowWeights.BITS));
    }

    /** A row of the result while its source rows are added up. */
    private static final class TargetRow {
        private final int index;
        private final Window window;
        private final int[] sums;

        TargetRow(int index, Window window, int samples) {
            this.index = index;
            this.window = window;
            this.sums = new int[samples];
            Arrays.fill(sums, HALF);
        }

        void add(byte[] narrowed, int row) {
            int weight = window.weights()[row - window.first()];
            for (int x = 0; x < sums.length; x++) {
                sums[x] += (narrowed[x] & 0xff) * weight;
            }
        }

        void write(byte[] rgb, int at) {
            for (int x = 0; x < sums.length; x++) {
                rgb[at + x] = clip(sums[x]);
            }
        }
    }
}
