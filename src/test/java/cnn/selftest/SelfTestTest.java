package cnn.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.image.AspectRatio;
import cnn.image.ColorMode;
import cnn.image.ImageDecoder;
import cnn.image.Loading;
import cnn.image.ResizeMode;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.ForwardPass;
import cnn.network.KerasType;
import cnn.network.Layer;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.onednn.OneDnn;
import cnn.program.Backend;
import cnn.program.Precision;
import cnn.program.Program;
import cnn.program.Quantization;
import cnn.program.Step;
import cnn.selftest.Check.Outcome;
import cnn.selftest.Check.Part;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SelfTestTest {
    private static final OneDnn ONE_DNN = new OneDnn(Precision.FP32);

    /** An engine that is right but for the last number of each pass. */
    private record Spoiled(Backend right, float by) implements Backend {
        @Override
        public String arithmetic() {
            return right.arithmetic();
        }

        @Override
        public ForwardPass compile(Network network, Weights weights, List<String> outputs, int images) {
            ForwardPass pass = right.compile(network, weights, outputs, images);
            return new ForwardPass() {
                @Override
                public List<Node> outputs() {
                    return pass.outputs();
                }

                @Override
                public List<float[]> run(FloatBuffer nhwc, int count) {
                    List<float[]> values = pass.run(nhwc, count);
                    values.get(0)[values.get(0).length - 1] += by;
                    return values;
                }

                @Override
                public void close() {
                    pass.close();
                }
            };
        }
    }

    @Test
    void everyKindOfLayerIsChecked() {
        Set<Class<?>> seen = layers().map(Object::getClass).collect(Collectors.toSet());
        assertThat(kinds(Layer.class)).hasSizeGreaterThan(30).allMatch(seen::contains);
        Set<KerasType> types = layers().map(Layer::kerasType).collect(Collectors.toSet());
        assertThat(types).containsAll(EnumSet.allOf(KerasType.class));
        assertThat(layers().filter(Activation.class::isInstance)
                        .map(layer -> ((Activation) layer).function().name())
                        .collect(Collectors.toSet()))
                .containsAll(ActivationFunction.names());
        assertThat(layers().filter(Merge.class::isInstance)
                        .map(layer -> ((Merge) layer).operation())
                        .collect(Collectors.toSet()))
                .containsAll(EnumSet.allOf(Merge.Operation.class));
    }

    @Test
    void everyKindOfStepIsChecked() {
        Set<Class<?>> seen = LayerCase.all().stream()
                .flatMap(one ->
                        Program.forInference(
                                one.network(), List.of(one.network().output().name()))
                                .steps()
                                .stream())
                .map(Object::getClass)
                .collect(Collectors.toSet());
        Set<Class<?>> ofTrainingOnly = Set.of(Step.Drop.class, Step.Normalize.class);
        assertThat(kinds(Step.class)).allMatch(kind -> seen.contains(kind) != ofTrainingOnly.contains(kind));
    }

    @Test
    void everyWayOfReadingPicturesIsChecked() {
        List<Loading> ways =
                PixelCase.all().stream().flatMap(one -> one.loading().stream()).toList();
        assertThat(ways.stream().map(Loading::resize)).contains(ResizeMode.values());
        assertThat(ways.stream().map(Loading::aspect)).contains(AspectRatio.values());
        assertThat(ways.stream().map(Loading::color)).contains(ColorMode.values());
        assertThat(PixelCase.all().stream().map(PixelCase::file).map(file -> file.replaceAll(".*\\.", "")))
                .contains("jpg", "png", "gif", "bmp", "tif", "webp");
    }

    @Test
    void passesHere() {
        List<Check> checks = SelfTest.run();
        assertThat(checks).noneMatch(check -> check.outcome() == Outcome.FAILED);
        assertThat(checks.stream().map(Check::part).distinct()).containsExactly(Part.values());
    }

    @Test
    void aWrongNumberOfAnEngineFailsEveryLayer() {
        for (LayerCase one : LayerCase.all()) {
            if (!one.inWholeNumbers()) {
                assertThat(one.check(new Spoiled(ONE_DNN, 0)).outcome())
                        .as(one.name())
                        .isEqualTo(Outcome.OK);
                double scale = Math.max(
                        1, Arrays.stream(one.expected()).map(Math::abs).max().orElseThrow());
                Check spoiled = one.check(new Spoiled(ONE_DNN, (float) (1e-4 * scale)));
                assertThat(spoiled.outcome()).as(one.name()).isEqualTo(Outcome.FAILED);
                assertThat(spoiled.worst()).isBetween(8e-5, 1.2e-4);
                assertThat(one.check(new Spoiled(ONE_DNN, Float.NaN)).outcome()).isEqualTo(Outcome.FAILED);
            }
        }
        assertThat(ProbabilityCase.checks(ProbabilityCase.all(), new Spoiled(ONE_DNN, 1e-4f)))
                .allMatch(check -> check.outcome() == Outcome.FAILED);
    }

    @Test
    void oneUnitMoreOrLessFailsInWholeNumbers() {
        Assumptions.assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        List<LayerCase> cases =
                LayerCase.all().stream().filter(LayerCase::inWholeNumbers).toList();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(6);
        for (LayerCase one : cases) {
            double[] expected = one.expected().clone();
            expected[expected.length / 2]++;
            LayerCase spoiled =
                    new LayerCase(one.check(), one.name(), one.network(), one.images(), one.ranges(), expected);
            assertThat(spoiled.check(ONE_DNN).outcome()).as(one.name()).isEqualTo(Outcome.FAILED);
        }
    }

    /** So the numbers of int8 are not those that float32 gives as well. */
    @Test
    void wholeNumbersAreRoundedBetweenTheLayers() {
        long rounded = LayerCase.all().stream()
                .filter(one -> one.ranges().size() > 1)
                .filter(one -> new LayerCase("", one.name(), one.network(), one.images(), one.ranges(), one.expected())
                                .check(new InFloat(ONE_DNN))
                                .outcome()
                        == Outcome.FAILED)
                .count();
        assertThat(rounded).isGreaterThanOrEqualTo(4);
    }

    /** Computes in float32 what is to be computed in int8. */
    private record InFloat(Backend floats) implements Backend {
        @Override
        public String arithmetic() {
            return floats.arithmetic();
        }

        @Override
        public Backend quantized(Quantization quantization) {
            return floats;
        }

        @Override
        public ForwardPass compile(Network network, Weights weights, List<String> outputs, int images) {
            return floats.compile(network, weights, outputs, images);
        }
    }

    @Test
    void aWrongLevelFails() {
        ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false);
        for (PixelCase one : PixelCase.all()) {
            double[] levels = one.levels().clone();
            levels[levels.length / 2] += one.tolerance() + 20;
            PixelCase spoiled = new PixelCase(
                    one.check(), one.file(), one.loading(), one.height(), one.width(), one.tolerance(), levels);
            assertThat(spoiled.check(decoder).outcome()).as(one.check()).isEqualTo(Outcome.FAILED);
            PixelCase larger = new PixelCase(
                    one.check(), one.file(), Optional.empty(), one.height() + 1, one.width(), 0, one.levels());
            assertThat(larger.check(decoder).outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void withoutInt8ItsChecksAreSkippedInOneLine() {
        List<Check> checks = SelfTest.run(ONE_DNN, false, LayerCase.all());
        assertThat(checks.stream().filter(check -> check.part() == Part.INT8))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(Outcome.SKIPPED);
                    assertThat(check.problem())
                            .hasValue("this processor has no int8 arithmetic, and --precision int8 is refused");
                });
        assertThat(checks).noneMatch(check -> check.outcome() == Outcome.FAILED);
    }

    private static Stream<Layer> layers() {
        return LayerCase.all().stream()
                .flatMap(one -> one.network().nodes().stream())
                .map(Node::layer);
    }

    /** The records that a sealed interface permits. */
    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isInterface()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(SelfTestTest::kinds)
                : Stream.of(type);
    }
}
