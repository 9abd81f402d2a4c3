package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.cache.ContentHashes;
import cnn.classify.ImageRequest;
import cnn.data.Dataset;
import cnn.data.DatasetReader;
import cnn.image.AspectRatio;
import cnn.image.Augmentation;
import cnn.image.ColorMode;
import cnn.image.ImageDecoder;
import cnn.image.ResizeMode;
import cnn.model.Engine;
import cnn.model.ForwardPasses;
import cnn.model.ModelRequest;
import cnn.model.ModelRequest.InputSize;
import cnn.model.Models;
import cnn.model.SavedModelFile;
import cnn.model.Schedule;
import cnn.program.Adadelta;
import cnn.program.Adagrad;
import cnn.program.Adam;
import cnn.program.Nadam;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.RmsProp;
import cnn.program.Sgd;
import cnn.program.UpdateRule;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import cnn.zoo.Preprocessing;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRequestTest {
    private static final ModelRequest LENET = random("lenet5", 3, 32);
    private static final FineTuning ALL = new FineTuning(new Unfreezing("all"), 2, 1e-5, 1, false);
    private static final LinearHead LINEAR = new LinearHead(OptionalDouble.empty(), 5, false);
    private static final ImageRequest IMAGES =
            new ImageRequest(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1000);

    @TempDir
    Path folder;

    private TrainingRequest base;
    private Path saved;

    @BeforeEach
    void makeData() throws IOException {
        TrainingRig rig = new TrainingRig(folder);
        rig.pictures(3, 2);
        TrainingRig other = new TrainingRig(folder.resolve("other"));
        other.pictures(4, 2);
        base = new TrainingRequest(
                folder.resolve("data"),
                LENET,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                5,
                Optimizer.named("adam", OptionalDouble.empty()),
                Schedule.CONSTANT,
                Augmentation.NONE,
                Regularization.NONE,
                false,
                OptionalInt.empty(),
                Selection.LOWEST_LOSS,
                0.2,
                Precision.FP32,
                false,
                IMAGES,
                Optional.empty());
        saved = folder.resolve("saved.zip");
    }

    @Test
    void whateverIsAskedForOtherwiseIsAnotherTraining() {
        save();
        Map<String, List<Object>> others = new HashMap<>();
        others.put("data", List.of(folder.resolve("other/data")));
        others.put("model", List.of(random("convnet-cifar", 3, 32), random("lenet5", 4, 32), random("lenet5", 3, 40)));
        others.put("from", List.of(Optional.of(saved)));
        others.put("layer", List.of(Optional.of("average_pooling2d_1")));
        others.put("linear", List.of(Optional.of(LINEAR)));
        others.put("head", List.of(Optional.of("flatten,dense:4")));
        others.put("fineTuning", List.of(Optional.of(ALL)));
        others.put("epochs", List.of(2));
        others.put("batchSize", List.of(6));
        others.put(
                "optimizer",
                List.of(
                        Optimizer.named("adadelta", OptionalDouble.empty()),
                        Optimizer.named("adam", OptionalDouble.of(0.1)),
                        Optimizer.named("adamw", OptionalDouble.empty()),
                        new Optimizer(new Adam(0.9, 0.999, 1e-7, false), 1e-3, 0, OptionalDouble.of(1))));
        others.put(
                "schedule",
                List.of(
                        new Schedule(Schedule.Decay.COSINE, 0),
                        new Schedule(Schedule.Decay.COSINE_EPOCHS, 0),
                        new Schedule(Schedule.Decay.CONSTANT, 5)));
        others.put("augmentation", List.of(Augmentation.parse("flip")));
        others.put(
                "regularization",
                List.of(new Regularization(0.1, 0, 0), new Regularization(0, 1e-4, 0), new Regularization(0, 0, 0.2)));
        others.put("balanced", List.of(true));
        others.put("patience", List.of(OptionalInt.of(2)));
        others.put(
                "selection",
                List.of(
                        new Selection(Selection.Criterion.ACCURACY, 1),
                        new Selection(Selection.Criterion.F1, 1),
                        new Selection(Selection.Criterion.LOSS, 3)));
        others.put("validationSplit", List.of(0.3));
        others.put("precision", List.of(Precision.BF16));
        others.put("novelty", List.of(true));
        others.put(
                "images",
                List.of(
                        with(IMAGES, "resize", Optional.of(ResizeMode.BILINEAR)),
                        with(IMAGES, "aspect", Optional.of(AspectRatio.PAD)),
                        with(IMAGES, "color", Optional.of(ColorMode.GRAYSCALE)),
                        with(IMAGES, "autoOrient", Optional.of(true)),
                        with(IMAGES, "maxPixels", 999L)));
        others.put("chosen", List.of(Optional.of("the best of three")));
        assertEveryOtherValueIsSeen(base, others);
    }

    @Test
    void whateverARuleGoesByIsAmongItsSettings() {
        for (UpdateRule rule : List.of(
                new Sgd(0.9, true),
                new RmsProp(0.9, 0, 1e-7, false),
                new Adam(0.9, 0.999, 1e-7, false),
                new Nadam(0.9, 0.999, 1e-7),
                new Adagrad(0.1, 1e-7),
                new Adadelta(0.95, 1e-7))) {
            assertThat(rule.settings()).as(rule.id()).hasSameSizeAs(names((Record) rule));
            Optimizer optimizer = Optimizer.of(rule, 0.5);
            assertThat(optimizer.settings())
                    .containsAllEntriesOf(rule.settings())
                    .hasSize(names((Record) rule).size() + names(optimizer).size());
        }
    }

    @Test
    void whateverIsAskedForOtherwiseIsAnotherFineTuning() {
        TrainingRequest tuning = (TrainingRequest) with(base, "fineTuning", Optional.of(ALL));
        assertThat(differences(tuning, List.of(tuning))).isEmpty();
        Map<String, List<Object>> others = Map.of(
                "unfreeze", List.of(new Unfreezing("2")),
                "epochs", List.of(3),
                "learningRate", List.of(1e-4),
                "layerDecay", List.of(0.5),
                "batchStatistics", List.of(true),
                "measured", List.of(true));
        List<String> components = names(ALL);
        assertThat(others).containsOnlyKeys(components);
        for (String component : components) {
            Object changed = with(ALL, component, others.get(component).get(0));
            assertThat(differences(tuning, List.of(with(base, "fineTuning", Optional.of(changed)))))
                    .as(component)
                    .hasSize(1);
        }
    }

    @Test
    void whateverIsAskedForOtherwiseIsAnotherLinearHead() {
        TrainingRequest solving = (TrainingRequest) with(base, "linear", Optional.of(LINEAR));
        assertThat(differences(solving, List.of(solving))).isEmpty();
        Map<String, List<Object>> others = Map.of(
                "penalty", List.of(OptionalDouble.of(0.1)),
                "folds", List.of(4),
                "refitAll", List.of(true));
        List<String> components = names(LINEAR);
        assertThat(others).containsOnlyKeys(components);
        for (String component : components) {
            Object changed = with(LINEAR, component, others.get(component).get(0));
            assertThat(differences(solving, List.of(with(base, "linear", Optional.of(changed)))))
                    .as(component)
                    .hasSize(1);
        }
        for (Object epochs : List.of(with(solving, "epochs", 2), with(solving, "batchSize", 6))) {
            assertThat(differences(solving, List.of(epochs)))
                    .as("there are no epochs")
                    .isEmpty();
        }
    }

    @Test
    void aNetworkThatScalesPixelsItselfIsGivenThemAsTheyAre() {
        assertThat(pixels(random("mobilenetv3-small-minimalistic", 3, 32))).isEqualTo(Preprocessing.RAW);
        assertThat(pixels(random("mobilenet-0.25", 3, 32))).isEqualTo(Preprocessing.UNIT);
    }

    private Preprocessing pixels(ModelRequest model) {
        TrainingRequest request = (TrainingRequest) with(base, "model", model);
        Dataset data = new DatasetReader(ImageDecoder::looksLikeImage, ContentHashes.forgetful())
                .read(request.data(), request.validationSplit(), request.seed());
        try (StartingModel start = models().open(request, data)) {
            return start.model().provenance().preprocessing();
        }
    }

    private void assertEveryOtherValueIsSeen(TrainingRequest request, Map<String, List<Object>> others) {
        assertThat(others).as("another value of every component").containsOnlyKeys(names(request));
        assertThat(differences(request, List.of(request))).isEmpty();
        others.forEach((component, values) -> {
            List<Object> changed = new ArrayList<>();
            values.forEach(value -> changed.add(with(request, component, value)));
            assertThat(differences(request, changed)).as(component).hasSameSizeAs(values);
        });
    }

    /** What tells others from a request, one line for each that is told from it. */
    private List<String> differences(TrainingRequest request, List<Object> others) {
        List<String> differences = new ArrayList<>();
        for (Object other : others) {
            identity((TrainingRequest) other)
                    .difference(identity(request).facts())
                    .ifPresent(differences::add);
        }
        return differences;
    }

    private static RunIdentity identity(TrainingRequest request) {
        Dataset data = new DatasetReader(ImageDecoder::looksLikeImage, ContentHashes.forgetful())
                .read(request.data(), request.validationSplit(), request.seed());
        try (StartingModel start = models().open(request, data)) {
            return RunIdentity.of(
                    request.settings(), RunIdentity.origin(request, start), RunIdentity.fingerprint(data));
        }
    }

    /** A model that knows the data's classes. */
    private void save() {
        TrainingRig rig = new TrainingRig(folder);
        TrainingEnvironment environment =
                new TrainingEnvironment(new TrainingFiles(saved), Optional.empty(), 2, OptionalInt.empty(), rig);
        try (Training training = Training.open(base, store(), environment)) {
            TrainingOutcome outcome = training.run(false, () -> false).orElseThrow();
            SavedModelFile.write(saved, outcome.model(), outcome.tail());
        }
    }

    private static StartingModels models() {
        return new StartingModels(new Models(store(), new ForwardPasses(Engine.ONEDNN, Precision.FP32, 8)));
    }

    private static ModelRequest random(String name, long seed, int side) {
        return new ModelRequest(name, Optional.empty(), true, seed, Optional.of(new InputSize(side, side)));
    }

    private static WeightStore store() {
        Path home = Path.of(System.getProperty("user.home"));
        return WeightStore.of(Optional.empty(), true, Map.of(), home, Zoo.publishedWeights(), FetchListener.SILENT);
    }

    private static List<String> names(Record record) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** A record with another value of one of its components. */
    private static Object with(Record record, String component, Object value) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(record);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a record can be copied", e);
        }
    }
}
