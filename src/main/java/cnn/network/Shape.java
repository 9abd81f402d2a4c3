package cnn.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The size of one activation or weight, without the batch axis: {@code (height, width, channels)} for a feature map,
 * {@code (features)} for a vector. All sizes are at least 1.
 */
public record Shape(List<Integer> sizes) {

    public Shape {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("sizes must be positive: " + sizes);
        }
    }

    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** Whether this is a feature map: height, width, channels. */
    public boolean isMap() {
        return sizes.size() == 3;
    }

    public int height() {
        return map().get(0);
    }

    public int width() {
        return map().get(1);
    }

    /** The innermost size: channels of a feature map, features of a vector. */
    public int channels() {
        return sizes.get(sizes.size() - 1);
    }

    /** Numbers in one sample of this shape. */
    public long elements() {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** Bytes of these numbers as float32. */
    public long bytes() {
        return Math.multiplyExact(elements(), Float.BYTES);
    }

    private List<Integer> map() {
        if (!isMap()) {
            throw new IllegalStateException("not a feature map: " + this);
        }
        return sizes;
    }

    /** As Keras writes it, for example {@code (224, 224, 64)} or {@code (4096,)}. */
    @Override
    public String toString() {
        String joined = sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return sizes.size() == 1 ? "(" + joined + ",)" : "(" + joined + ")";
    }
}
