package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightStoreTest {
    private static final PublishedFile FILE =
            new PublishedFile("net.h5", URI.create("https://weights.invalid/net.h5"), List.of());

    @TempDir
    private Path home;

    private Path option;
    private Path variable;
    private Path own;
    private Path keras;

    @BeforeEach
    void makeDirectories() throws IOException {
        option = Files.createDirectories(home.resolve("option"));
        variable = Files.createDirectories(home.resolve("variable"));
        own = Files.createDirectories(home.resolve(".cnn/models"));
        keras = Files.createDirectories(home.resolve(".keras/models"));
    }

    @Test
    void looksIntoTheNamedDirectoryThenItsOwnThenKerass() throws IOException {
        WeightStore store = store(Optional.of(option), Map.of());
        assertThat(store.find(FILE)).isEmpty();
        for (Path directory : List.of(keras, own, option)) {
            put(directory);
            assertThat(store.find(FILE)).contains(directory.resolve("net.h5"));
        }
    }

    @Test
    void looksIntoTheVariablesDirectoryUnlessTheOptionNamesOne() throws IOException {
        put(variable);
        Map<String, String> environment = Map.of("CNN_MODELS", variable.toString());
        assertThat(store(Optional.empty(), environment).find(FILE)).contains(variable.resolve("net.h5"));
        assertThat(store(Optional.of(option), environment).find(FILE)).isEmpty();
    }

    @Test
    void ignoresAnEmptyVariable() {
        assertThat(store(Optional.empty(), Map.of("CNN_MODELS", "")).find(FILE)).isEmpty();
    }

    @Test
    void refusesAModelsDirectoryThatIsNone() {
        assertThatThrownBy(() -> store(Optional.of(home.resolve("absent")), Map.of()))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.USAGE));
    }

    @Test
    void ignoresADirectoryOfTheFilesName() throws IOException {
        Files.createDirectory(own.resolve("net.h5"));
        assertThat(store(Optional.empty(), Map.of()).find(FILE)).isEmpty();
    }

    @Test
    void offlineSaysWhatToPutWhere() {
        for (WeightStore store : List.of(
                WeightStore.of(Optional.empty(), true, Map.of(), home, Zoo.publishedWeights(), FetchListener.SILENT),
                WeightStore.of(
                        Optional.empty(),
                        false,
                        Map.of("CNN_OFFLINE", "1"),
                        home,
                        Zoo.publishedWeights(),
                        FetchListener.SILENT))) {
            assertThatThrownBy(() -> store.require(FILE))
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                    .hasMessage("net.h5 is in none of " + own + ", " + keras
                            + ", and may not be downloaded (offline): put it into " + own
                            + " or set CNN_MODELS to its folder; it is published at https://weights.invalid/net.h5");
        }
    }

    @Test
    void saysWhatIsWhereItLookedAndWhatWouldRun() throws IOException {
        PublishedFile vgg16 = whole("vgg16");
        Files.writeString(variable.resolve(whole("mobilenet-0.75").fileName()), "weights");
        Files.writeString(
                own.resolve(Zoo.named("mobilenet-0.25").weightsWithoutTop().fileName()), "weights");
        Map<String, String> environment = Map.of("CNN_MODELS", variable.toString(), "CNN_OFFLINE", "1");
        assertThatThrownBy(() -> store(Optional.empty(), environment).require(vgg16, List.of("cifar10")))
                .hasMessage(vgg16.fileName() + " is in none of " + variable
                        + " (CNN_MODELS: has mobilenet_7_5_224_tf.h5), " + own
                        + " (has mobilenet_2_5_224_tf_no_top.h5), " + keras
                        + ", and may not be downloaded (offline): put it into " + variable + "; it is published at "
                        + vgg16.uri() + "; what would run now: -m mobilenet-0.75, -m cifar10");
    }

    @Test
    void givesWhatIsHereThoughOffline() throws IOException {
        put(keras);
        WeightStore store =
                WeightStore.of(Optional.empty(), true, Map.of(), home, Zoo.publishedWeights(), FetchListener.SILENT);
        assertThat(store.require(FILE).path()).isEqualTo(keras.resolve("net.h5"));
    }

    @Test
    void anUnknownHostIsAnErrorThatSaysWhatToPutWhere() {
        assertThatThrownBy(() -> store(Optional.empty(), Map.of()).require(FILE))
                .isInstanceOf(UserError.class)
                .hasMessage("cannot download net.h5 (unknown host), and it is in none of " + own + ", " + keras
                        + ": put it into " + own
                        + " or set CNN_MODELS to its folder; it is published at https://weights.invalid/net.h5");
    }

    @Test
    void doesNotLoadTheHttpClientForAFileThatIsHere() throws Exception {
        put(own);
        Path log = home.resolve("classes.log");
        Process process = RequireOnce.start(home, "net.h5", FILE.uri(), "-Xlog:class+load:file=" + log);
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        assertThat(log)
                .content()
                .contains("cnn.weights.WeightStore ", "cnn.weights.Fingerprint ")
                .doesNotContain("java.net.http.", "cnn.weights.Download ");
    }

    @Test
    void refusesADamagedFileOfPublishedMd5() throws IOException {
        put(own);
        PublishedFile vgg16 =
                new PublishedFile("net.h5", FILE.uri(), whole("vgg16").hashes());
        assertThatThrownBy(() -> store(Optional.empty(), Map.of()).require(vgg16))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("64373286793e3c8b2b4e3219cbf3544b")
                .hasMessageContaining("delete it and pull it again");
    }

    @Test
    void namesOfKerasFilesAreTheOnesUnderWhichKerasCachesThem() {
        assertThat(Zoo.named("mobilenet-0.25").weightsWithoutTop().fileName())
                .isEqualTo("mobilenet_2_5_224_tf_no_top.h5");
        assertThat(whole("mobilenet").uri())
                .hasToString("https://storage.googleapis.com/tensorflow/keras-applications/mobilenet/"
                        + "mobilenet_1_0_224_tf.h5");
        assertThat(whole("resnet50").hashes()).hasSize(2);
        assertThat(Zoo.named("vgg16")
                        .weightsWithoutTop()
                        .at(URI.create("http://127.0.0.1:1/x"))
                        .uri())
                .hasToString("http://127.0.0.1:1/x/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5");
    }

    private WeightStore store(Optional<Path> modelsDirectory, Map<String, String> environment) {
        return WeightStore.of(modelsDirectory, false, environment, home, Zoo.publishedWeights(), FetchListener.SILENT);
    }

    private static void put(Path directory) throws IOException {
        Files.writeString(directory.resolve("net.h5"), "weights");
    }

    private static PublishedFile whole(String name) {
        return Zoo.named(name).weights();
    }
}
