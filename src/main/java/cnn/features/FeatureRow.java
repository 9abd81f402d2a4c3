package cnn.features;

import cnn.classify.Failure;
import cnn.data.ImageInput;
import cnn.files.FileNames;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The features of one input, or why there are none.
 *
 * @param input as the user gave it
 * @param label the name of the folder that it lies in, as far as the input names one; else empty
 * @param features empty if there is a failure; not copied
 */
public record FeatureRow(String input, String label, float[] features, Optional<Failure> failure) {

    static FeatureRow of(ImageInput input, float[] features) {
        return new FeatureRow(input.given(), label(input), features, Optional.empty());
    }

    static FeatureRow failed(ImageInput input, Failure failure) {
        return new FeatureRow(input.given(), label(input), new float[0], Optional.of(failure));
    }

    private static String label(ImageInput input) {
        String folder = input.path()
                .map(Path::getParent)
                .map(Path::getFileName)
                .map(FileNames::of)
                .orElse("");
        return folder.equals(".") || folder.equals("..") ? "" : folder;
    }
}
