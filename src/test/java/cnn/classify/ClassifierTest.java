package cnn.classify;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.data.ImageInputs;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.model.Model;
import cnn.model.OpenModels;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.onednn.CompiledNetwork;
import cnn.program.Precision;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    private static final int BATCH = 4;
    private static final String DAISY = "sample-images/daisy.jpg";
    private static final String CLOCK = "sample-images/analog-clock.png";
    private static final String MISSING = "sample-images/no-such-file.jpg";

    /** Notes of how many images each run was. */
    private record Counting(ForwardPass pass, List<Integer> counts) implements ForwardPass {
        @Override
        public List<Node> outputs() {
            return pass.outputs();
        }

        @Override
        public List<float[]> run(FloatBuffer nhwc, int images) {
            counts.add(images);
            return pass.run(nhwc, images);
        }

        @Override
        public void close() {
            pass.close();
        }
    }

    /** Computes nothing. */
    private record Zeros(Network network) implements ForwardPass {
        @Override
        public List<Node> outputs() {
            return List.of(network.output());
        }

        @Override
        public List<float[]> run(FloatBuffer nhwc, int images) {
            return List.of(new float[images * network.output().outputShape().channels()]);
        }

        @Override
        public void close() {}
    }

    @Test
    void anIncompleteBatchOfASmallNetworkIsFilledUpAndAnswersAsInAWholeOne() {
        ZooModel model = Zoo.named("lenet5");
        Network network = model.network(model.withTop(32, 32));
        ForwardPass pass = CompiledNetwork.compile(
                network, new RandomWeights(1), List.of(network.output().name()), Precision.FP32, BATCH);
        Counting counting = new Counting(pass, new ArrayList<>());
        List<Classification> answers = classify(
                model, network, counting, DAISY, CLOCK, CLOCK, CLOCK, DAISY, MISSING, MISSING, MISSING, MISSING);
        assertThat(counting.counts()).containsExactly(BATCH, BATCH);
        assertThat(answers).hasSize(9);
        assertThat(answers.get(4)).isEqualTo(answers.get(0));
        assertThat(answers.get(1).predictions()).isNotEqualTo(answers.get(0).predictions());
        assertThat(answers.subList(5, 9)).allMatch(answer -> answer.failure().isPresent());
    }

    @Test
    void anIncompleteBatchOfALargeNetworkIsComputedAsItIs() {
        ZooModel model = Zoo.named("vgg16");
        Network network = model.network(model.withTop(224, 224));
        Counting counting = new Counting(new Zeros(network), new ArrayList<>());
        assertThat(classify(model, network, counting, DAISY, MISSING, CLOCK, CLOCK, DAISY))
                .hasSize(5);
        assertThat(counting.counts()).containsExactly(3, 1);
    }

    private static List<Classification> classify(ZooModel model, Network network, ForwardPass pass, String... files) {
        List<Classification> answers = new ArrayList<>();
        ImagePreparation preparation = new ImagePreparation(
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false),
                Loading.of(ResizeMode.NEAREST),
                model.preprocessing(),
                network.input().outputShape());
        try (Model loaded = OpenModels.of(network, model.preprocessing(), pass)) {
            new Classifier(loaded, preparation, 5, BATCH, 2)
                    .classify(
                            new ImageInputs(ImageDecoder::looksLikeImage)
                                    .of(List.of(files).iterator()),
                            answers::addAll);
        }
        return answers;
    }
}
