package cnn.network;

import java.util.List;

/** A layer without weights whose output has a size that its input has, or that its arguments say: there is nothing to reckon. */
abstract class WithoutFormulas implements LayerVisitor<List<Formula>> {

    @Override
    public List<Formula> inputLayer(InputLayer layer) {
        return List.of();
    }

    @Override
    public List<Formula> rescaling(Rescaling layer) {
        return List.of();
    }

    @Override
    public List<Formula> activation(Activation layer) {
        return List.of();
    }

    @Override
    public List<Formula> softmax(Softmax layer) {
        return List.of();
    }

    @Override
    public List<Formula> channels(Channels layer) {
        return List.of();
    }

    @Override
    public List<Formula> globalPooling2D(GlobalPooling2D layer) {
        return List.of();
    }

    @Override
    public List<Formula> add(Add layer) {
        return List.of();
    }

    @Override
    public List<Formula> merge(Merge layer) {
        return List.of();
    }

    @Override
    public List<Formula> scaledSum(ScaledSum layer) {
        return List.of();
    }

    @Override
    public List<Formula> dot(Dot layer) {
        return List.of();
    }

    @Override
    public List<Formula> reshape(Reshape layer) {
        return List.of();
    }

    @Override
    public List<Formula> permute(Permute layer) {
        return List.of();
    }

    @Override
    public List<Formula> dropout(Dropout layer) {
        return List.of();
    }

    @Override
    public List<Formula> noise(Noise layer) {
        return List.of();
    }

    @Override
    public List<Formula> passThrough(PassThrough layer) {
        return List.of();
    }
}
