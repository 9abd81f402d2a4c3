package cnn.train;

import cnn.cache.ContentHashes;
import cnn.classify.ImageRequest;
import cnn.data.Dataset;
import cnn.data.DatasetReader;
import cnn.image.Augmentation;
import cnn.image.ImageDecoder;
import cnn.model.Head;
import cnn.model.ModelRequest;
import cnn.model.OpenModels;
import cnn.model.SavedModel;
import cnn.model.Schedule;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.program.Optimizer;
import cnn.program.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small trainings: pictures of 12x12, brighter on the left or on the right, and a base of two convolutions. */
final class TrainingRig implements TrainingListener {
    static final String SHA256 = "0".repeat(64);
    private static final int SIDE = 12;

    final Path folder;
    final List<String> notes = new ArrayList<>();
    final List<EpochRow> seen = new ArrayList<>();
    String augment = "none";
    Optimizer optimizer = Optimizer.named("adam", OptionalDouble.of(0.01));
    Schedule schedule = Schedule.CONSTANT;
    Selection selection = Selection.LOWEST_LOSS;
    Regularization regularization = Regularization.NONE;
    boolean novelty;
    int cutOffAfter = Integer.MAX_VALUE;
    int stopAfter = Integer.MAX_VALUE;

    /** What ends a run in the middle. */
    static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    TrainingRig(Path folder) {
        this.folder = folder;
    }

    /** Pictures in {@code train} and {@code validation}. */
    void pictures(int trainingPerClass, int validationPerClass) throws IOException {
        for (int i = 0; i < trainingPerClass; i++) {
            picture("train/left/" + i + ".png", i, true);
            picture("train/right/" + i + ".png", 100 + i, false);
        }
        for (int i = 0; i < validationPerClass; i++) {
            picture("validation/left/" + i + ".png", 200 + i, true);
            picture("validation/right/" + i + ".png", 300 + i, false);
        }
    }

    void picture(String name, int seed, boolean left) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < SIDE; x++) {
            for (int y = 0; y < SIDE; y++) {
                int level = random.nextInt(150) + (x < SIDE / 2 == left ? 105 : 0);
                image.setRGB(x, y, level << 16 | level << 8 | level);
            }
        }
        Path file = folder.resolve("data").resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    Dataset data() {
        return new DatasetReader(ImageDecoder::looksLikeImage, ContentHashes.forgetful())
                .read(folder.resolve("data"), 0.2, 1);
    }

    /** A frozen base with a head on it. */
    static StartingModel withHead() {
        return withHead("flatten,dense:8:relu,dropout:0.3");
    }

    static StartingModel withLinearHead() {
        return withHead(Head.LINEAR);
    }

    private static StartingModel withHead(String head) {
        NetworkBuilder builder = Network.builder("rig", "input_1", Shape.of(SIDE, SIDE, 3));
        String x = builder.add("conv1", convolution(4), builder.input());
        Network base = builder.build(builder.add("conv2", convolution(6), x));
        return new StartingModel(
                OpenModels.of(Head.parse(head, 2).on(base), new RandomWeights(7)),
                Optional.of(new SavedModel.Base("rig", "conv2", "rig.h5", SHA256)),
                base.nodes().stream().map(Node::name).toList(),
                true);
    }

    /** The head alone. */
    TrainingRequest head(int epochs) {
        return request(Optional.empty(), Optional.empty(), epochs);
    }

    /** The head alone, then with the upper convolution. */
    TrainingRequest headThenTop(int epochs, int more) {
        return headThenTop(epochs, more, 0.001);
    }

    TrainingRequest headThenTop(int epochs, int more, double rate) {
        return request(
                Optional.empty(), Optional.of(new FineTuning(new Unfreezing("conv2"), more, rate, 1, false)), epochs);
    }

    /** The same at a learning rate that is measured. */
    TrainingRequest headThenTopMeasured(int epochs, int more) {
        return request(
                Optional.empty(),
                Optional.of(new FineTuning(new Unfreezing("conv2"), more, 1, 1, false, true)),
                epochs);
    }

    TrainingRequest linear(LinearHead head) {
        return request(Optional.empty(), Optional.of(head), Optional.empty(), 1);
    }

    TrainingRequest request(Optional<Path> from, Optional<FineTuning> fineTuning, int epochs) {
        return request(from, Optional.empty(), fineTuning, epochs);
    }

    private TrainingRequest request(
            Optional<Path> from, Optional<LinearHead> linear, Optional<FineTuning> fineTuning, int epochs) {
        return new TrainingRequest(
                folder.resolve("data"),
                new ModelRequest("rig", Optional.empty(), false, 3, Optional.empty()),
                from,
                Optional.empty(),
                linear,
                Optional.empty(),
                fineTuning,
                epochs,
                5,
                optimizer,
                schedule,
                Augmentation.parse(augment),
                regularization,
                false,
                OptionalInt.empty(),
                selection,
                0.2,
                Precision.FP32,
                novelty,
                new ImageRequest(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1000),
                Optional.empty());
    }

    Training training(StartingModel model, TrainingRequest request) {
        return new Training(
                request,
                model,
                data(),
                new TrainingEnvironment(
                        new TrainingFiles(folder.resolve("m.zip")), Optional.empty(), 2, OptionalInt.of(1), this));
    }

    boolean stopRequested() {
        return seen.size() > stopAfter;
    }

    Path checkpoint() {
        return folder.resolve("m.zip.checkpoint");
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }

    @Override
    public void read(String part, long done, long all) {}

    @Override
    public void epoch(EpochRow row, int epochs, List<EpochRow> history) {
        seen.add(row);
        if (seen.size() > cutOffAfter) {
            throw new CutOff();
        }
    }

    private static Conv2D convolution(int filters) {
        return new Conv2D(filters, Window.of(3, 2, Padding.SAME), true, ActivationFunction.RELU);
    }
}
