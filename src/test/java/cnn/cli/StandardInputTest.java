package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.data.ImageInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StandardInputTest {
    @Test
    void takesAnImageForAnImage() throws IOException {
        for (String name :
                new String[] {"420.jpg", "24bit.bmp", "plain.gif", "plain.tif", "lossless.webp", "short_palette.png"}) {
            byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/cnn/image/pillow", name));
            ImageInput image = StandardInput.image(stream(bytes)).orElseThrow();
            assertThat(image.given()).isEqualTo("-");
            assertThat(image.path().orElseThrow()).as(name).hasBinaryContent(bytes);
        }
    }

    @Test
    void leavesPathsAsTheyAre() throws IOException {
        for (String paths : new String[] {"", "a.jpg\n", "BM\n", "GIF89a\nb.gif\n", "RIFF/WEBP/1.jpg\n", "äö.jpg\n"}) {
            BufferedInputStream stream = stream(paths.getBytes(StandardCharsets.UTF_8));
            assertThat(StandardInput.image(stream)).as(paths).isEmpty();
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(paths);
        }
    }

    @Test
    void refusesWhatIsNeitherAnImageNorPathsBeforeItsEnd() {
        for (char separator : new char[] {'\n', '\0'}) {
            SeparatedWords words = new SeparatedWords(new EndlessStream(), separator);
            assertThatThrownBy(words::hasNext)
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("standard input holds neither an image nor paths");
        }
    }

    private static final class EndlessStream extends InputStream {
        private int read;

        @Override
        public int read() {
            assertThat(read++).isLessThan(10_000_000);
            return 'x';
        }
    }

    private static BufferedInputStream stream(byte[] bytes) {
        return new BufferedInputStream(new ByteArrayInputStream(bytes));
    }
}
