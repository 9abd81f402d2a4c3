package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cnn.UserError;
import cnn.program.Precision;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with seeded mutations either compute, or are refused in one short line as what they are: weights that are unsuited. */
class MutatedModelTest {
    private static final Path KERAS = Path.of("src/test/resources/cnn/keras/tiny.h5");
    private static final long SEED = 20261124;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST_LINE = 800;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir
    private Path folder;

    @Test
    void kerasFilesWithFlippedBytesOrTorn() throws IOException {
        byte[] sound = Files.readAllBytes(KERAS);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            byte[] bytes = sound.clone();
            for (int flips = 1 << random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            bytes = i % 6 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
            refused += refused("bytes " + i, write(i + ".h5", bytes));
        }
        assertThat(refused).isPositive();
    }

    @Test
    void savedModelsWithMutatedDescriptions() throws IOException {
        Path sound = folder.resolve("sound.zip");
        SavedModelFile.write(sound, SavedModels.fromScratch(4), SavedModels.weights(1));
        assertThat(refused("sound", sound)).isZero();
        int refused = 0;
        for (int i = 0; i < 90; i++) {
            refused += refused("description " + i, mutated(sound, folder.resolve(i + ".zip")));
        }
        assertThat(refused).isBetween(30, 89);
    }

    @Test
    void refusesWeightsOutsideTheFoldersThatAreSearched() throws IOException {
        Path sound = folder.resolve("sound.zip");
        SavedModelFile.write(sound, SavedModels.withHead("avg", 3, "c2"), SavedModels.weights(1));
        for (String name : List.of("../../etc/passwd", "/etc/passwd", "..", "a\\u0000b", "")) {
            String text = description(sound).replace("\"base.h5\"", "\"" + name + "\"");
            assertThat(text).contains("\"" + name + "\"");
            Path changed = withDescription(sound, folder.resolve("changed.zip"), text);
            assertThat(failure(changed)).isInstanceOf(UserError.class).hasMessageContaining("not a plain file name");
        }
    }

    /** Whether the model is refused, 1 or 0; fails if that takes long, or ends otherwise. */
    private int refused(String what, Path file) {
        Throwable failure = failure(file);
        if (failure != null) {
            assertThat(failure).as("seed %d, %s", SEED, what).isInstanceOfSatisfying(UserError.class, e -> {
                assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS);
                assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(LONGEST_LINE);
            });
        }
        return failure == null ? 0 : 1;
    }

    private Throwable failure(Path file) {
        return ThrowableAssert.catchThrowable(() -> assertTimeoutPreemptively(LIMIT, () -> compute(file)));
    }

    private void compute(Path file) {
        boolean keras = file.toString().endsWith(".h5");
        ModelRequest request = new ModelRequest(
                keras ? "mobilenet" : file.toString(),
                keras ? Optional.of(file) : Optional.empty(),
                false,
                1,
                Optional.empty());
        WeightStore store =
                WeightStore.of(Optional.empty(), true, Map.of(), folder, Zoo.publishedWeights(), FetchListener.SILENT);
        ForwardPasses passes = new ForwardPasses(Engine.ONEDNN, Precision.FP32, 1);
        try (Model model = new Models(store, passes).classifier(request)) {
            int floats = Math.toIntExact(model.network().input().outputShape().elements());
            model.pass().run(FloatBuffer.wrap(new float[floats]), 1);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path mutated(Path sound, Path target) throws IOException {
        Map<String, Object> text = JSON.std.mapFrom(description(sound));
        Object place = random.nextInt(3) == 0 ? text : text.get("network");
        for (int depth = random.nextInt(8); depth > 0 && child(place) != null; depth--) {
            place = child(place);
        }
        mutate(place);
        return withDescription(sound, target, JSON.std.asString(text));
    }

    /** One of the objects or lists in another, or null if there is none. */
    private Object child(Object value) {
        List<Object> inner = new ArrayList<>(value instanceof Map<?, ?> map ? map.values() : (List<?>) value);
        inner.removeIf(one -> !(one instanceof Map || one instanceof List));
        return inner.isEmpty() ? null : inner.get(random.nextInt(inner.size()));
    }

    @SuppressWarnings("unchecked") // what is parsed has names, and may be changed
    private void mutate(Object place) {
        List<Object> values =
                Arrays.asList(List.of(), Map.of(), null, -1, 0, 1_000_000_000, 1L << 40, 1.5, "x", true, deep());
        Object value = values.get(random.nextInt(values.size()));
        if (place instanceof Map<?, ?> && !((Map<?, ?>) place).isEmpty()) {
            Map<String, Object> map = (Map<String, Object>) place;
            String name = List.copyOf(map.keySet()).get(random.nextInt(map.size()));
            if (random.nextInt(4) == 0) {
                map.remove(name);
            } else {
                map.put(name, value);
            }
        } else if (place instanceof List<?> && !((List<?>) place).isEmpty()) {
            List<Object> list = (List<Object>) place;
            if (random.nextInt(4) == 0) {
                Collections.swap(list, random.nextInt(list.size()), random.nextInt(list.size()));
            } else {
                list.set(random.nextInt(list.size()), value);
            }
        }
    }

    private static Object deep() {
        Object deep = List.of();
        for (int i = 0; i < 400; i++) {
            deep = List.of(deep);
        }
        return deep;
    }

    private static String description(Path model) throws IOException {
        try (FileChannel channel = FileChannel.open(model)) {
            List<StoredZip.Entry> entries = StoredZip.read(model, channel);
            StoredZip.Entry last = entries.get(entries.size() - 1);
            byte[] bytes = Files.readAllBytes(model);
            return new String(bytes, (int) last.content(), (int) last.bytes(), StandardCharsets.UTF_8);
        }
    }

    /** The same model file but for its description, sound as a zip. */
    private static Path withDescription(Path model, Path target, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        Files.deleteIfExists(target);
        try (FileChannel in = FileChannel.open(model);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            List<StoredZip.Entry> entries = StoredZip.read(model, in);
            StoredZipWriter zip = new StoredZipWriter(out);
            for (StoredZip.Entry entry : entries.subList(0, entries.size() - 1)) {
                zip.add(entry.name(), stream -> stream.write(bytes, (int) entry.content(), (int) entry.bytes()));
            }
            zip.add("cnn.json", stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
            zip.end();
        }
        return target;
    }
}
