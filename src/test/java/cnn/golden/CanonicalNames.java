package cnn.golden;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The layer names from which the made-up weights are computed, whatever a flavour of the network calls its layers. */
final class CanonicalNames {
    private static final Pattern RESNET_2019 = Pattern.compile("conv(\\d)_block(\\d)_(\\d)_(conv|bn)");
    private static final Pattern UNNAMED = Pattern.compile("(conv2d|batch_normalization)(?:_(\\d+))?");

    private CanonicalNames() {}

    /** The canonical name of a layer with weights; a name that already is canonical stays. */
    static String of(String model, String layer) {
        return switch (model) {
            case "resnet50" -> resnet(layer);
            case "inception_v3" -> inception(layer);
            default -> layer;
        };
    }

    /** The names of 2015 for those of 2019: conv3_block2_0_bn is bn3b_branch1, conv3_block2_3_bn is bn3b_branch2c. */
    private static String resnet(String layer) {
        Matcher block = RESNET_2019.matcher(layer);
        if (block.matches()) {
            char letter = (char) ('a' + Integer.parseInt(block.group(2)) - 1);
            int step = Integer.parseInt(block.group(3));
            String branch = step == 0 ? "1" : "2" + (char) ('a' + step - 1);
            String kind = block.group(4).equals("conv") ? "res" : "bn";
            return kind + block.group(1) + letter + "_branch" + branch;
        }
        return switch (layer) {
            case "conv1_conv" -> "conv1";
            case "conv1_bn" -> "bn_conv1";
            case "probs", "predictions" -> "fc1000";
            default -> layer;
        };
    }

    /** conv2d_1 to conv2d_94 for tf.keras's conv2d to conv2d_93; so for batch normalisations. */
    private static String inception(String layer) {
        Matcher unnamed = UNNAMED.matcher(layer);
        if (!unnamed.matches()) {
            return layer;
        }
        int index = unnamed.group(2) == null ? 0 : Integer.parseInt(unnamed.group(2));
        return unnamed.group(1) + "_" + (index + 1);
    }
}
