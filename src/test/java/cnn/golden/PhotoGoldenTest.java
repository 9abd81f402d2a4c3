package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.classify.Classification;
import cnn.classify.Classifier;
import cnn.classify.ImagePreparation;
import cnn.classify.Prediction;
import cnn.data.ImageInput;
import cnn.data.ImageInputs;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.program.Precision;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real weights on real photographs, from the file to the ranked answer, against an implementation that is not ours. */
class PhotoGoldenTest {
    private static final Path SHARED = Path.of("../shared");
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "0.25,photos_nearest,photos,nearest,9",
        "0.25,photos_bilinear,photos,pil-bilinear,9",
        "0.25,imagenet_nearest,imagenet-samples,nearest,200",
        "0.75,photos_nearest,photos,nearest,9",
        "0.75,photos_bilinear,photos,pil-bilinear,9",
        "0.75,imagenet_nearest,imagenet-samples,nearest,200"
    })
    void ranksTheSameFiveClassesWithTheSameProbabilities(
            String alpha, String part, String folder, String resize, int images) throws IOException {
        Path golden = SHARED.resolve("golden/golden_mobilenet_" + alpha + "_photos.json");
        assumeTrue(Files.exists(golden), golden + " is not here");
        List<Map<String, Object>> wanted = images(golden, part);
        assertThat(wanted).hasSize(images);

        List<Classification> answers = classify("mobilenet-" + alpha, ResizeMode.of(resize), folder, wanted);
        for (int i = 0; i < images; i++) {
            List<?> top5 = (List<?>) wanted.get(i).get("top5");
            List<Prediction> predictions = answers.get(i).predictions();
            assertThat(predictions).as(answers.get(i).toString()).hasSize(5);
            for (int rank = 0; rank < 5; rank++) {
                List<?> expected = (List<?>) top5.get(rank);
                Prediction prediction = predictions.get(rank);
                String place = answers.get(i).input() + " rank " + (rank + 1);
                assertThat(prediction.label().id()).as(place).isEqualTo(expected.get(0));
                assertThat(prediction.label().name()).as(place).isEqualTo(expected.get(2));
                double probability = ((Number) expected.get(3)).doubleValue();
                assertThat((double) prediction.probability())
                        .as(place)
                        .isCloseTo(probability, org.assertj.core.data.Offset.offset(TOLERANCE));
            }
        }
    }

    private List<Classification> classify(
            String model, ResizeMode resize, String folder, List<Map<String, Object>> images) {
        WeightStore store = WeightStore.of(
                Optional.of(SHARED.resolve("weights")),
                true,
                Map.of(),
                home,
                Zoo.publishedWeights(),
                FetchListener.SILENT);
        ForwardPasses passes = new ForwardPasses(Engine.ONEDNN, Precision.FP32, 8);
        ModelRequest request = new ModelRequest(model, Optional.empty(), false, 0, Optional.empty());
        List<Classification> answers = new ArrayList<>();
        try (Model loaded = new Models(store, passes).classifier(request)) {
            ImagePreparation preparation = new ImagePreparation(
                    new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false),
                    Loading.of(resize),
                    loaded.preprocessing(),
                    loaded.network().input().outputShape());
            Iterator<ImageInput> inputs = new ImageInputs(ImageDecoder::looksLikeImage)
                    .of(images.stream()
                            .map(image -> file(folder, (String) image.get("file")))
                            .iterator());
            new Classifier(loaded, preparation, 5, 8, 2).classify(inputs, batch -> answers.addAll(batch));
        }
        return answers;
    }

    private static String file(String folder, String name) {
        return SHARED.resolve(folder).resolve(Path.of(name).getFileName()).toString();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> images(Path golden, String part) throws IOException {
        return (List<Map<String, Object>>)
                JSON.std.mapFrom(Files.readString(golden)).get(part);
    }
}
