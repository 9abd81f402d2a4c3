package cnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
    @TempDir
    private Path folder;

    @Test
    void keepsEveryByteThatIsNoUtf8() {
        byte[] latin1 = "caf\u00e9/\u00ff\u0080.jpg".getBytes(StandardCharsets.ISO_8859_1);
        String text = FileNames.of(latin1);
        assertThat(text).isEqualTo("caf\udce9/\udcff\udc80.jpg");
        assertThat(FileNames.visible(text)).isEqualTo("caf\\xe9/\\xff\\x80.jpg");
        assertThat(FileNames.visible("\ud83d\udc80 caf\u00e9.jpg")).isEqualTo("\ud83d\udc80 caf\u00e9.jpg");
        assertThat(FileNames.of(FileNames.path(text))).isEqualTo(text);
        assertThat(FileNames.of(FileNames.path("/" + text))).isEqualTo("/" + text);
        assertThat(FileNames.path("a/../" + text)).hasToString("a/../" + FileNames.path(text));
    }

    @Test
    void opensFilesWhateverTheirNames() throws IOException {
        Random random = new Random(15);
        for (int i = 0; i < 200; i++) {
            byte[] name = new byte[1 + random.nextInt(20)];
            for (int k = 0; k < name.length; k++) {
                do {
                    name[k] = (byte) random.nextInt();
                } while (name[k] == 0 || name[k] == '/');
            }
            String text = "x" + FileNames.of(name);
            Path file = folder.resolve(FileNames.path(text));
            Files.writeString(file, text.length() + "");
            assertThat(FileNames.of(file)).as("%d", i).isEqualTo(folder + "/" + text);
            try (var files = Files.list(folder)) {
                List<Path> found = files.toList();
                assertThat(found).hasSize(1);
                assertThat(FileNames.of(found.get(0).getFileName())).isEqualTo(text);
                assertThat(FileNames.of(folder.relativize(found.get(0)))).isEqualTo(text);
            }
            Files.delete(folder.resolve(FileNames.path(text)));
        }
    }
}
