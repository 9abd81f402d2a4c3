package cnn.selftest;

import cnn.classify.ImagePreparation;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
import cnn.json.JsonObject;
import cnn.model.BundledModel;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.network.ForwardPass;
import cnn.program.Backend;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A picture, and the probabilities that the bundled network gives its classes.
 *
 * @param probabilities computed in double precision
 */
record ProbabilityCase(String file, double[] probabilities) {
    private static final double TOLERANCE = 1e-5;

    static List<ProbabilityCase> all() {
        return Golden.objects("probabilities.json").stream()
                .map(ProbabilityCase::of)
                .toList();
    }

    private static ProbabilityCase of(JsonObject text) {
        return new ProbabilityCase(text.text("file"), Golden.numbers(text, "probabilities"));
    }

    /**
     * From the pictures' files to probabilities.
     *
     * @throws cnn.UserError if the model cannot be copied out of the program, or is damaged
     */
    static List<Check> checks(List<ProbabilityCase> cases, Backend backend) {
        try (SavedModelFile file = SavedModelFile.open(BundledModel.CIFAR10.file())) {
            SavedModel model = file.model();
            ImagePreparation preparation = new ImagePreparation(
                    new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, model.autoOrient()),
                    model.loading(),
                    model.preprocessing(),
                    model.network().input().outputShape());
            List<String> outputs = List.of(model.network().output().name());
            try (ForwardPass pass = backend.compile(model.network(), file.tailWeights(), outputs, 1)) {
                return cases.stream().map(one -> one.check(preparation, pass)).toList();
            }
        }
    }

    private Check check(ImagePreparation preparation, ForwardPass pass) {
        String name = BundledModel.CIFAR10.id();
        try {
            float[] nhwc = preparation.prepare(Golden.bytes(file), new float[preparation.floats()]);
            float[] found = pass.run(FloatBuffer.wrap(nhwc), 1).get(0);
            return Check.of(Check.Part.PROBABILITIES, name, found, probabilities, 1, TOLERANCE);
        } catch (ImageException e) {
            return Check.failed(Check.Part.PROBABILITIES, name, "%s: %s".formatted(file, e.getMessage()));
        }
    }
}
