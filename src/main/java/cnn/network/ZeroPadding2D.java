package cnn.network;

import java.util.List;
import java.util.Map;

/** Zeros round a feature map. */
public record ZeroPadding2D(Pads pads) implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        return new ZeroPadding2D(arguments.pads("padding"));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.ZERO_PADDING2D;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().pads("padding", pads).dataFormat().map();
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
