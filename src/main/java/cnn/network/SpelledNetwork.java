package cnn.network;

import cnn.UserError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Networks that the user spells: one layer behind the other. */
public final class SpelledNetwork {

    private SpelledNetwork() {}

    /**
     * The network of the words of a spelling; see {@link LayerWord}.
     *
     * @param layers separated by commas
     * @throws UserError if a word is wrong, or a layer cannot take what the one before it gives
     */
    public static Network of(String layers, Shape input) {
        NetworkBuilder builder = Network.builder("layers", "input_1", input);
        String x = builder.input();
        try {
            for (String word : layers.split(",", -1)) {
                SpelledLayer spelled = LayerWord.read("--layers", word, EnumSet.allOf(LayerWord.class));
                x = builder.addUnnamed(spelled.kind(), spelled.layer(), x);
            }
            Network network = builder.build(x);
            network.multiplyAdds();
            network.parameters();
            return network;
        } catch (ArithmeticException e) {
            throw UserError.data("--layers: layer behind " + x + " is too large to count");
        }
    }

    /** For each layer whose stride does not fit, what it leaves over of its input. */
    public static List<String> leftOver(Network network) {
        List<String> notes = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Windowed layer) {
                layer.leftOver(node.inputShape()).ifPresent(left -> notes.add("layer " + node.name() + ": " + left));
            }
        }
        return notes;
    }
}
