package cnn.cli;

import cnn.model.Model;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What is done to an image before the network sees it a second time. */
final class TestTimeOptions {

    private enum Augmentation {
        NONE,
        FLIP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--tta",
            paramLabel = "none|flip",
            defaultValue = "none",
            description =
                    "Test-time augmentation. flip: the mean of the probabilities for the image and for its mirror "
                            + "image; twice the work. Default: ${DEFAULT-VALUE}.")
    private Augmentation augmentation;

    boolean chosen() {
        return augmentation != Augmentation.NONE;
    }

    /** Lets the model answer so. */
    void apply(Model model) {
        if (chosen()) {
            model.mirror();
        }
    }

    /** As the user would write it, behind a model's name. */
    String suffix() {
        return chosen() ? " --tta " + augmentation : "";
    }
}
