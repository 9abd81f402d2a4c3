package cnn.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.cli.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Keras 3 writes, with seeded damage: refused in one line, or read; never a trace, and soon. */
class MutatedKerasFilesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/cnn/keras");
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final long SEED = 20261124;
    private static final int OWN = Integer.getInteger("cnn.mutations", 40);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path sound = FIXTURES.resolve("small.keras");

    @TempDir
    private Path folder;

    @Test
    void archivesWithDamagedBytesAnswerAsBeforeOrNotAtAll() throws IOException {
        byte[] bytes = Files.readAllBytes(sound);
        String answers = classify(sound, List.of()).out();
        assertThat(answers).isNotEmpty();
        int read = 0;
        for (int i = 0; i < 250; i++) {
            Path file = Files.write(folder.resolve("m.keras"), Mutation.of(bytes, new Random(SEED + i)));
            Transcript said = judged("archive " + i, file, List.of());
            if (said.exitCode() == 0) {
                assertThat(said.out().replace(file.toString(), sound.toString()))
                        .as("archive %d", i)
                        .isEqualTo(answers);
                read++;
            }
        }
        assertThat(read).isBetween(1, 200);
    }

    @Test
    void archivesWithSoundChecksumsRoundDamagedMembers() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 150; i++) {
            Optional<Path> file = i % 2 == 0
                    ? with(CONFIG, bytes -> ConfigMutation.random(new String(bytes, StandardCharsets.UTF_8), random)
                            .getBytes(StandardCharsets.UTF_8))
                    : with(WEIGHTS, bytes -> Mutation.of(bytes, random));
            if (file.isPresent()) {
                judged("member " + i, file.get(), List.of());
            }
        }
    }

    @Test
    void damagedWeightsOfASoundModel() throws IOException {
        byte[] bytes = Files.readAllBytes(FIXTURES.resolve("small.weights.h5"));
        assertThat(classify(sound, List.of("--weights", FIXTURES + "/small.weights.h5"))
                        .out())
                .isEqualTo(classify(sound, List.of()).out());
        for (int i = 0; i < 150; i++) {
            Path file = Files.write(folder.resolve("m.weights.h5"), Mutation.of(bytes, new Random(SEED + i)));
            judged("weights " + i, sound, List.of("--weights", file.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({"own.keras, ", "own.h5, --bare", "own.h5, --with-scaling"})
    void damagedFilesOfOurOwn(String name, String place) throws IOException {
        Path own = folder.resolve(name);
        List<String> export = new ArrayList<>(List.of("export", "-q", "-m", "cifar10", "-o", own.toString()));
        Optional.ofNullable(place).ifPresent(export::add);
        assertThat(Transcript.of(export.toArray(String[]::new)).exitCode()).isZero();
        byte[] bytes = Files.readAllBytes(own);
        boolean checked = name.endsWith(".keras");
        String answers = classify(own, List.of()).out();
        Set<Integer> codes = new HashSet<>();
        for (int i = 0; i < OWN; i++) {
            Path file = Files.write(folder.resolve("m-" + name), Mutation.of(bytes, new Random(SEED + i)));
            Transcript said = judged(name + " " + i, file, List.of());
            codes.add(said.exitCode());
            if (checked && said.exitCode() == 0) { // every member has a checksum
                assertThat(said.out().replace(file.toString(), own.toString())).isEqualTo(answers);
            }
        }
        assertThat(codes).contains(4);
    }

    private Transcript judged(String what, Path model, List<String> more) {
        long start = System.nanoTime();
        Transcript said = classify(model, more);
        Optional<String> wrong = Verdict.of(said.exitCode(), said.out(), said.err(), Set.of(0, 4));
        assertThat(wrong).as(what).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(LIMIT);
        if (said.exitCode() == 4) {
            assertThat(said.err().lines()).as(what).hasSize(1);
        }
        return said;
    }

    private static Transcript classify(Path model, List<String> more) {
        List<String> words =
                new ArrayList<>(List.of("classify", "-q", "-f", "csv", "--scale", "tf", "-m", model.toString()));
        words.addAll(more);
        words.add("sample-images/daisy.jpg");
        return Transcript.of(words.toArray(String[]::new));
    }

    /** The archive with one member changed; nothing if that cannot be. */
    private Optional<Path> with(String changed, UnaryOperator<byte[]> change) throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(sound.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                members.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        try {
            members.compute(changed, (name, bytes) -> change.apply(bytes));
        } catch (UncheckedIOException | StackOverflowError e) {
            return Optional.empty(); // an object that came to hold itself cannot be written
        }
        Path file = folder.resolve("m.keras");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return Optional.of(file);
    }
}
