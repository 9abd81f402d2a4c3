package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderTest {
    @TempDir
    private Path folder;

    @Test
    void needsNoFolderForTemporaryFiles() throws Exception {
        Pixels pixels = new Pixels(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        File before = ImageIO.getCacheDirectory();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        ImageIO.setCacheDirectory(cache.toFile());
        Files.delete(cache);
        try {
            assertThat(PngEncoder.encode(pixels)).startsWith(0x89, 'P', 'N', 'G');
            assertThat(JpegEncoder.encode(pixels)).startsWith(0xff, 0xd8);
        } finally {
            ImageIO.setCacheDirectory(before);
        }
    }
}
