package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * A feature map made larger.
 *
 * @param height how many rows each becomes
 * @param width how many columns
 * @param bilinear whether the new cells are interpolated; else each is repeated
 */
public record UpSampling2D(int height, int width, boolean bilinear) implements WeightlessLayer {

    public UpSampling2D {
        if (Math.min(height, width) < 1) {
            throw new IllegalArgumentException("a map cannot become %d x %d times as large".formatted(height, width));
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        int[] size = arguments.pair("size", 2);
        String interpolation = arguments.text("interpolation", "nearest");
        if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
            throw arguments.unsupported("interpolation " + interpolation);
        }
        return new UpSampling2D(size[0], size[1], interpolation.equals("bilinear"));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.UP_SAMPLING2D;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("size", List.of(height, width))
                .dataFormat()
                .with("interpolation", bilinear ? "bilinear" : "nearest")
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        return Shape.of(
                Math.multiplyExact(input.height(), height), Math.multiplyExact(input.width(), width), input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.upSampling2D(this);
    }
}
