package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurboJpegTest {
    private static final Path PILLOW = Path.of("src/test/resources/cnn/image/pillow");

    @BeforeEach
    void needsTheLibrary() {
        assumeTrue(TurboJpeg.isInstalled(), "the system has no libturbojpeg");
    }

    @Test
    void givesTheBytesOfTheJdksReader() throws Exception {
        List<Path> taken = new ArrayList<>();
        for (Path file : jpegs()) {
            JpegHeader header = JpegHeader.parse(Files.readAllBytes(file));
            if (TurboJpeg.takes(header)) {
                assertThat(TurboJpeg.rgb(header)).as("%s", file).hasValue(JpegDecoder.converted(header));
                taken.add(file);
            }
        }
        assertThat(taken).map(file -> file.getFileName().toString()).contains("420.jpg", "422.jpg", "444.jpg");
    }

    @Test
    void leavesWhatIsUnusualToTheJdksReader() throws Exception {
        for (String name : List.of("progressive_420", "cmyk", "ycck", "adobe_rgb", "gray_progressive", "440", "411")) {
            assertThat(TurboJpeg.takes(JpegHeader.parse(Files.readAllBytes(PILLOW.resolve(name + ".jpg")))))
                    .as(name)
                    .isFalse();
        }
    }

    /** Of a damaged picture it gives nothing, or what the JDK's reader gives. */
    @Test
    void judgesNoDamage() throws Exception {
        assumeTrue(!ChromaRows.areRepeatedByReader(), "this Java has the older libjpeg");
        List<Path> files = jpegs();
        Random random = new Random(5);
        int refused = 0;
        int same = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = Files.readAllBytes(files.get(random.nextInt(files.size())));
            byte[] damaged = damaged(bytes, random);
            Optional<JpegHeader> header = parsed(damaged);
            if (header.isEmpty() || !TurboJpeg.takes(header.get())) {
                continue;
            }
            Optional<byte[]> rgb = TurboJpeg.rgb(header.get());
            if (rgb.isEmpty()) {
                refused++;
            } else {
                assertThat(rgb.get()).as("case %d", i).isEqualTo(JpegDecoder.converted(header.get()));
                same++;
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertThat(same).isGreaterThan(100);
    }

    @Test
    void comesAfterThePicturesThatAreNotWorthItAndOnlyWhereDamageIsJudgedAlike() throws Exception {
        JpegHeader header = JpegHeader.parse(Files.readAllBytes(PILLOW.resolve("420.jpg")));
        for (int i = 0; i < 2000; i++) {
            TurboChoice.rgb(header);
        }
        if (ChromaRows.areRepeatedByReader()) {
            assertThat(TurboChoice.rgb(header)).isEmpty();
        } else {
            assertThat(TurboChoice.rgb(header)).hasValue(JpegDecoder.converted(header));
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        }
        byte[] damaged = bytes.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    /** Nothing where the picture is refused before any decoder sees it. */
    private static Optional<JpegHeader> parsed(byte[] file) {
        try (DecodingMemory.Share share = new DecodingMemory(1 << 30).share()) {
            JpegHeader header = JpegHeader.parse(file);
            header.admit(new Admission(new PixelLimit(1_000_000), share));
            return Optional.of(header);
        } catch (ImageException refused) {
            return Optional.empty();
        }
    }

    private static List<Path> jpegs() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(PILLOW, Path.of("sample-images"), Path.of("../shared/imagenet-samples"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    all.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g"))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }
}
