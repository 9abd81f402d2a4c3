package cnn.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A corpus of image files without end: first the crafted ones, then damaged ones of all formats. */
final class HostileImages {
    private static final int LARGEST_SEED_BYTES = 200_000;
    private static final List<String> SUFFIXES = List.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp");

    private final long seed;
    private final List<Map.Entry<String, Supplier<byte[]>>> crafted;
    private final List<Path> sound;

    HostileImages(long seed) {
        this.seed = seed;
        Map<String, Supplier<byte[]>> files = new LinkedHashMap<>(CraftedPictures.all());
        files.putAll(CraftedTiffs.all());
        files.putAll(CraftedPngs.all());
        files.putAll(CraftedJpegs.all());
        crafted = List.copyOf(files.entrySet());
        sound = sound();
    }

    int crafted() {
        return crafted.size();
    }

    /** A name that tells what it is and sorts by {@code index}. */
    String name(int index) {
        if (index < crafted.size()) {
            return "%05d-%s".formatted(index, crafted.get(index).getKey());
        }
        return "%05d-damaged-%s".formatted(index, soundFile(index).getFileName());
    }

    byte[] content(int index) {
        if (index < crafted.size()) {
            return crafted.get(index).getValue().get();
        }
        try {
            return Mutation.of(Files.readAllBytes(soundFile(index)), new Random(seed + index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of {@code indices}, in a folder of their own. */
    List<Path> write(Path folder, List<Integer> indices) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (int index : indices) {
            written.add(Files.write(folder.resolve(name(index)), content(index)));
        }
        return written;
    }

    private Path soundFile(int index) {
        return sound.get(index % sound.size());
    }

    /** The small pictures of every format that lie in the project, and where there are any the photographs beside it. */
    private static List<Path> sound() {
        List<Path> pictures = new ArrayList<>();
        for (Path folder : List.of(
                Path.of("src/test/resources/cnn/image/pillow"),
                Path.of("sample-images"),
                Beside.folder("imagenet-samples"))) {
            try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
                files.filter(Files::isRegularFile)
                        .filter(HostileImages::isSmallPicture)
                        .sorted()
                        .forEach(pictures::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pictures;
    }

    private static boolean isSmallPicture(Path file) {
        String name = file.getFileName().toString();
        return SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1))
                && file.toFile().length() < LARGEST_SEED_BYTES;
    }
}
