package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.model.Head;
import cnn.model.OpenModels;
import cnn.model.SavedModel;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnfreezingTest {

    @Test
    void countsLayersOfAllKindsFromTheEndAsKerasDoes() {
        assertThat(layers("vgg16", "4")).containsExactly("block5_conv1", "block5_conv2", "block5_conv3", "block5_pool");
        assertThat(layers("mobilenet", "3")).containsExactly("conv_pw_13", "conv_pw_13_bn", "conv_pw_13_relu");
        assertThat(layers("vgg16", "19")).hasSize(19).startsWith("input_1");
    }

    @Test
    void takesALayerAndAllAboveOrAll() {
        assertThat(layers("vgg16", "block5_conv2")).containsExactly("block5_conv2", "block5_conv3", "block5_pool");
        assertThat(layers("vgg16", "all")).hasSize(19);
    }

    @Test
    void cutsBelowTheBlockWhereBranchesMeet() {
        StartingModel resNet = model("resnet50");
        List<String> unfrozen = new Unfreezing("conv5_block3_3_conv").layers(resNet);
        assertThat(resNet.cutForTraining(resNet.headWith(unfrozen))).isEqualTo("conv5_block2_out");
    }

    @Test
    void lowerLayersLearnSlowerByTheLayerDecay() {
        StartingModel model = model("mobilenet");
        FineTuning tuning = new FineTuning(new Unfreezing("8"), 1, 1e-3, 0.5, false);
        List<String> unfrozen = tuning.unfreeze().layers(model);
        assertThat(unfrozen).startsWith("conv_pw_12_bn", "conv_pw_12_relu", "conv_dw_13");
        assertThat(tuning.rates(model.network(), unfrozen))
                .containsEntry("conv_pw_13_bn", 0.5)
                .containsEntry("conv_pw_13", 0.5)
                .containsEntry("conv_dw_13_bn", 0.25)
                .containsEntry("conv_dw_13", 0.25)
                .containsEntry("conv_pw_12_bn", 0.125)
                .containsOnlyKeys(unfrozen);
    }

    @Test
    void saysWhichTheyAre() {
        assertThat(new Unfreezing("3").words(model("mobilenet")))
                .isEqualTo("unfreezing 3 of the base's 86 layers: conv_pw_13, conv_pw_13_bn, conv_pw_13_relu");
        StartingModel vgg = model("vgg16");
        StartingModel withoutBase = new StartingModel(vgg.model(), Optional.empty(), List.of(), false);
        assertThat(new Unfreezing("all").words(withoutBase))
                .isEqualTo("all layers learn: vgg16 was trained from scratch and has no base");
    }

    @Test
    void saysHowManyThereAre() {
        assertFails("999", "vgg16 has 19 layers without its top, so 1 to 19");
        assertFails("0", "so 1 to 19");
        assertFails("fc2", "vgg16 has no such layer without its top");
        assertFails("dense", "no such layer");
    }

    private static void assertFails(String spec, String message) {
        assertThatThrownBy(() -> layers("vgg16", spec))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message)
                .matches(e -> ((UserError) e).kind() == UserError.Kind.USAGE);
    }

    private static List<String> layers(String network, String spec) {
        return new Unfreezing(spec).layers(model(network));
    }

    private static StartingModel model(String name) {
        Network base = Zoo.named(name).network(Options.withoutTop(224, 224, Optional.empty()));
        return new StartingModel(
                OpenModels.of(Head.parse("avg,dropout:0.2", 3).on(base), new RandomWeights(1)),
                Optional.of(new SavedModel.Base(name, base.output().name(), "w.h5", TrainingRig.SHA256)),
                base.nodes().stream().map(Node::name).toList(),
                true);
    }
}
