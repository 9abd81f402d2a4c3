package cnn.evaluate;

import cnn.UserError;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.classify.Prediction;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.image.Pixels;
import cnn.model.Model;
import cnn.zoo.Labels;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells why a model takes an image for a class.
 *
 * @param model says what is on it
 * @param gradCam of the same network
 * @param longest side of the picture that is given back, in pixels
 */
public record Explainer(Model model, GradCam gradCam, ImagePreparation preparation, int longest) {

    /**
     * Explains an image.
     *
     * @param wanted id or name of a class; if empty, the likeliest
     * @throws UserError if the image cannot be read, or the model does not know the class
     */
    public Explanation explain(Path image, Optional<String> wanted) {
        Labels labels = model.labels();
        float[] nhwc = new float[preparation.floats()];
        Pixels picture = prepare(image, nhwc);
        float[] outputs = model.pass().run(FloatBuffer.wrap(nhwc), 1).get(0);
        List<Prediction> ranked = new Classifier(model, preparation, labels.size(), 1, 1).best(outputs, 0);
        int index = wanted.map(name -> new ClassFolders(model.name(), labels).indices(List.of(name))[0])
                .orElse(ranked.get(0).index());
        Prediction prediction = ranked.stream()
                .filter(found -> found.index() == index)
                .findFirst()
                .orElseThrow();
        return new Explanation(
                model.name(), prediction, gradCam.layer(), picture, gradCam.of(FloatBuffer.wrap(nhwc), index));
    }

    private Pixels prepare(Path image, float[] nhwc) {
        try {
            byte[] encoded = ImageDecoder.encoded(image);
            preparation.prepare(encoded, nhwc);
            return preparation.thumbnail(encoded, longest);
        } catch (ImageException e) {
            throw UserError.data("cannot read " + image + ": " + e.getMessage(), e);
        }
    }
}
