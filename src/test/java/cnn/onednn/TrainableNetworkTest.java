package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.program.NaiveForwardPass;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainableNetworkTest {

    @Test
    void aValueThatIsReadTwiceThroughALayerThatDoesNothingIsNotOverwritten() {
        for (Layer nothing : List.of(new Dropout(0.5), new Dropout(0), new Activation(ActivationFunction.LINEAR))) {
            NetworkBuilder builder = Network.builder("twice", "input", Shape.of(4, 4, 2));
            Window one = Window.of(1, 1, Padding.SAME);
            String x = builder.add("conv", new Conv2D(3, one, true, ActivationFunction.LINEAR), "input");
            x = builder.add("nothing", nothing, x);
            String relu = builder.add("relu", new Activation(ActivationFunction.RELU), x);
            x = builder.add("flatten", new Flatten(), builder.add("add", new Add(), x, relu));
            Network network = builder.build(builder.add("class", new Dense(2, true, ActivationFunction.SOFTMAX), x));
            Weights weights = RandomNetworks.weights(7);
            float[] image = RandomNetworks.images(3, network, 1);
            double[] expected = NaiveForwardPass.run(network, weights, image).get("class");
            Set<String> all = Set.copyOf(RandomNetworks.names(network));
            TrainingSetup setup = new TrainingSetup(all, Set.of(), Optimizer.of(new Sgd(0, false), 0), 1, 1);
            try (OneDnnTraining trained = new OneDnnTraining(network, weights, setup)) {
                float[] classes = trained.predict(FloatBuffer.wrap(image), 1);
                assertThat((double) classes[0]).as("%s", nothing).isCloseTo(expected[0], within(1e-5));
            }
        }
    }
}
