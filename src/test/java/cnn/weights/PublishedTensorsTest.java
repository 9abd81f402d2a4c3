package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedTensorsTest {
    private static final Path WEIGHTS = Path.of("../shared/weights");

    @TempDir
    private Path directory;

    @Test
    void knowsTheNetworksOfItsResourceOnly() {
        assertThat(PublishedTensors.of("mobilenet-0.25")).isPresent();
        assertThat(PublishedTensors.of("mobilenet-0.75")).isPresent();
        assertThat(PublishedTensors.of("mobilenet-0.5")).isEmpty();
        assertThat(PublishedTensors.of("")).isEmpty();
    }

    @Test
    void checksumsAreThoseOfLittleEndianBytes() {
        CRC32C crc = new CRC32C();
        crc.update(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0});
        assertThat(PublishedTensors.crc32c(FloatBuffer.wrap(new float[] {9f, 1f, -2f}, 1, 2)))
                .isEqualTo((int) crc.getValue());
    }

    @ParameterizedTest
    @CsvSource({
        "mobilenet-0.25, mobilenet_2_5_224_tf.h5",
        "mobilenet-0.25, mobilenet_2_5_224_tf_no_top.h5",
        "mobilenet-0.75, mobilenet_7_5_224_tf.h5",
        "mobilenet-0.75, mobilenet_7_5_224_tf_no_top.h5"
    })
    void takesTheRealFilesWithAndWithoutTop(String model, String fileName) throws IOException {
        Path file = real(fileName);
        KerasTensors tensors = KerasTensors.of(file);
        tensors(model).check(file, true, tensors);
        tensors(model).check(file, false, tensors);
        assertThat(tensors.all()).hasSize(fileName.contains("no_top") ? 135 : 137);
        assertChecksumsAreThoseOfTheFilesBytes(file, tensors);
    }

    @Test
    void refusesTheTensorsOfAnotherNetworkUnderAPublishedNameOnly() {
        Path file = real("mobilenet_7_5_224_tf.h5");
        KerasTensors tensors = KerasTensors.of(file);
        assertThatThrownBy(() -> tensors("mobilenet-0.25").check(file, true, tensors))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("conv1/kernel (and 136 more)");
        assertThatCode(() -> tensors("mobilenet-0.25").check(file, false, tensors))
                .doesNotThrowAnyException();
    }

    @Test
    void takesARetrainedTopThatTheUserNames() {
        Path file = real("mobilenet_2_5_224_tf.h5");
        KerasTensors tensors = KerasTensors.of(file);
        PublishedTensors.Source retrained = (layer, weight) -> tensors.tensor(layer, weight)
                .map(values -> layer.equals("conv_preds") ? FloatBuffer.allocate(values.remaining()) : values);
        assertThatCode(() -> tensors("mobilenet-0.25").check(file, false, retrained))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> tensors("mobilenet-0.25").check(file, true, retrained))
                .hasMessageContaining("conv_preds/kernel (and 1 more)");
    }

    @Test
    void refusesATopOfWhichOneTensorIsMissing() {
        Path file = real("mobilenet_2_5_224_tf.h5");
        KerasTensors tensors = KerasTensors.of(file);
        PublishedTensors.Source without = (layer, weight) ->
                tensors.tensor(layer, weight).filter(values -> !(layer + weight).equals("conv_predsbias"));
        assertThatThrownBy(() -> tensors("mobilenet-0.25").check(file, false, without))
                .hasMessageContaining("its tensor conv_preds/bias is not the one published for mobilenet-0.25");
    }

    @Test
    void refusesEveryFlipInATensorAtFirstUse() throws IOException {
        byte[] sound = Files.readAllBytes(real("mobilenet_2_5_224_tf.h5"));
        List<Map.Entry<String, KerasTensors.Tensor>> places = new ArrayList<>(
                KerasTensors.of(real("mobilenet_2_5_224_tf.h5")).all().entrySet());
        Path file = directory.resolve("damaged.h5");
        long seed = 4;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Map.Entry<String, KerasTensors.Tensor> place = places.get(random.nextInt(places.size()));
            int bytes = place.getValue().values().remaining() * Float.BYTES;
            byte[] damaged = sound.clone();
            damaged[(int) place.getValue().address() + random.nextInt(bytes)] ^= (byte) (1 << random.nextInt(8));
            KerasTensors tensors = KerasTensors.of(Files.write(file, damaged));
            for (boolean mustMatch : new boolean[] {true, false}) {
                assertThatThrownBy(() -> tensors("mobilenet-0.25").check(file, mustMatch, tensors))
                        .as("seed %d, flip %d", seed, i)
                        .isInstanceOfSatisfying(
                                UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                        .hasMessageContaining("its tensor " + place.getKey() + " is not the one published");
            }
        }
    }

    private static void assertChecksumsAreThoseOfTheFilesBytes(Path file, KerasTensors tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Map.Entry<String, KerasTensors.Tensor> entry : tensors.all().entrySet()) {
                KerasTensors.Tensor tensor = entry.getValue();
                ByteBuffer bytes = ByteBuffer.allocate(tensor.values().remaining() * Float.BYTES);
                channel.read(bytes, tensor.address());
                CRC32C crc = new CRC32C();
                crc.update(bytes.flip());
                assertThat(PublishedTensors.crc32c(tensor.values()))
                        .as(entry.getKey())
                        .isEqualTo((int) crc.getValue());
            }
        }
    }

    private static PublishedTensors tensors(String model) {
        return PublishedTensors.of(model).orElseThrow();
    }

    private static Path real(String fileName) {
        Path file = WEIGHTS.resolve(fileName);
        Assumptions.assumeTrue(Files.exists(file), "needs " + file);
        return file;
    }
}
