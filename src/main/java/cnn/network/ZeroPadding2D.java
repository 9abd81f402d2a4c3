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
                Math.addExact(input.height(), Math.addExact(pads.top(), pads.bottom())),
                Math.addExact(input.width(), Math.addExact(pads.left(), pads.right())),
                input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.zeroPadding2D(this);
    }
}
