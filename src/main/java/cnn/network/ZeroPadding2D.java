package cnn.network;

import java.util.List;

/** Zeros round a feature map. */
public record ZeroPadding2D(Pads pads) implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return KerasType.ZERO_PADDING2D;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        return Shape.of(
                input.height() + pads.top() + pads.bottom(),
                input.width() + pads.left() + pads.right(),
                input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.zeroPadding2D(this);
    }
}
