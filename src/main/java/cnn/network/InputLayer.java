package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The images, or features, that a network takes. */
public record InputLayer(Shape shape) implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return KerasType.INPUT_LAYER;
    }

    @Override
    public Map<String, Object> arguments() {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(null);
        sizes.addAll(shape.sizes());
        return new ArgumentText()
                .with("batch_input_shape", sizes)
                .with("dtype", "float32")
                .with("sparse", false)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return shape;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.inputLayer(this);
    }
}
