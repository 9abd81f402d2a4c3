package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.weights.WeightServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DownloadFailureTest {
    @TempDir
    private Path home;

    private DownloadRig rig;

    @BeforeEach
    void startServer() throws IOException {
        rig = new DownloadRig(home);
    }

    @AfterEach
    void stopServer() {
        rig.close();
    }

    @Test
    void givesUpAtOnceOn404() {
        rig.server().next(WeightServer.status(404));
        assertFails("cannot download net.h5 (HTTP status 404), and it is in none of " + rig.models() + ": put it into "
                + rig.models()
                + " or set CNN_MODELS to its folder; it is published at "
                + rig.server().uri("net.h5"));
        assertThat(rig.server().ranges()).hasSize(1);
        assertThat(rig.names()).containsExactly(".net.h5.lock");
    }

    @Test
    void givesUpAfterCutsThatGetNoFurtherAndGoesOnNextTime() {
        rig.server().next(WeightServer.cutAfter(300_000));
        rig.server().next(Collections.nCopies(3, WeightServer.cutAfter(0)).toArray(Answer[]::new));
        assertFails("cannot download net.h5");
        assertThat(rig.server().ranges()).hasSize(4);
        assertThat(rig.names()).contains(".net.h5.part").doesNotContain("net.h5");
        rig.assertDownloaded();
        assertThat(rig.server().ranges()).hasSize(5);
        assertThat(rig.server().ranges().get(4)).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void refusesAndDeletesWhatHasAnotherMd5() {
        String wanted = DownloadRig.hash("MD5", DownloadRig.random(2));
        assertThatThrownBy(() -> rig.store().require(rig.file(wanted)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "what came has the md5 " + DownloadRig.hash("MD5", rig.content()) + " instead of " + wanted);
        assertThat(rig.names()).containsExactly(".net.h5.lock");
    }

    @Test
    void refusesWhatHasAnotherMd5ThanTheServerTells() {
        rig.server().next((exchange, bytes) -> {
            byte[] other = HexFormat.of().parseHex(DownloadRig.hash("MD5", DownloadRig.random(2)));
            exchange.getResponseHeaders().add("x-goog-hash", "crc32c=AAAAAA==");
            exchange.getResponseHeaders()
                    .add("x-goog-hash", "md5=" + Base64.getEncoder().encodeToString(other));
            WeightServer.well(exchange, bytes);
        });
        assertFails("what came has the md5 " + DownloadRig.hash("MD5", rig.content()) + " instead of "
                + DownloadRig.hash("MD5", DownloadRig.random(2)));
    }

    @Test
    void saysWhenThereIsNoRoom() {
        rig.server().next((exchange, bytes) -> {
            exchange.sendResponseHeaders(200, Long.MAX_VALUE / 2);
            // Newer Javas send the headers with the first byte only.
            exchange.getResponseBody().write(0);
            exchange.getResponseBody().flush();
        });
        assertFails("it needs " + Long.MAX_VALUE / 2 + " bytes, and " + rig.models() + " has room for ");
    }

    @Test
    void saysWhenNobodyAnswers() {
        rig.server().close();
        assertFails("cannot download net.h5 (no connection), and it is in none of ");
    }

    @Test
    void saysWhenTheDirectoryCannotBeMade() throws IOException {
        Files.createDirectories(rig.models().getParent());
        Files.writeString(rig.models(), "a file in the place of the directory");
        assertFails("cannot download net.h5 (not a directory: " + rig.models() + "), and it is in none of ");
    }

    @Test
    void saysWhenTheDirectoryCannotBeWritten() throws IOException {
        Files.createDirectories(rig.models());
        Assumptions.assumeTrue(
                rig.models().toFile().setWritable(false) && !Files.isWritable(rig.models()), "runs as root");
        assertFails("permission denied");
    }

    @Test
    void startsOverOnceWhenAnEarlierPartWasDamaged() throws IOException {
        rig.server().next(WeightServer.cutAfter(300_000));
        rig.server().next(Collections.nCopies(3, WeightServer.cutAfter(0)).toArray(Answer[]::new));
        assertFails("cannot download net.h5");
        Path part = rig.models().resolve(".net.h5.part");
        byte[] damaged = Files.readAllBytes(part);
        damaged[1000]++;
        Files.write(part, damaged);
        rig.store().require(rig.file(DownloadRig.hash("MD5", rig.content())));
        assertThat(rig.models().resolve("net.h5")).hasBinaryContent(rig.content());
    }

    @ParameterizedTest
    @MethodSource("editionsThatCannotBe")
    void startsOverWhenTheEditionOfAPartIsUnknown(byte[] edition) throws IOException {
        plant(edition);
        rig.assertDownloaded();
        assertThat(rig.server().ranges()).containsExactly("-");
    }

    static Stream<byte[]> editionsThatCannotBe() {
        return Stream.of("", "\"a\nb\"", "\u00ff\u00fe", "x".repeat(5000))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void startsOverWhenNothingTellsWhetherAPlantedPartIsSound() throws IOException {
        plant(WeightServer.etag(rig.content()).getBytes(StandardCharsets.ISO_8859_1));
        Answer withoutHash = (exchange, content) -> {
            boolean rest = exchange.getRequestHeaders().containsKey("Range");
            exchange.getResponseHeaders().add("ETag", WeightServer.etag(content));
            exchange.getResponseHeaders().add("Content-Range", "bytes 300000-999999/1000000");
            exchange.sendResponseHeaders(rest ? 206 : 200, rest ? 700_000 : content.length);
            exchange.getResponseBody().write(content, rest ? 300_000 : 0, rest ? 700_000 : content.length);
        };
        rig.server().next(withoutHash, withoutHash);
        rig.assertDownloaded();
        assertThat(rig.server().ranges()).containsExactly("bytes=300000-", "-");
    }

    @Test
    void aFileOfKnownBytesMustHaveThem() {
        String name = "mobilenet_2_5_224_tf_no_top.h5";
        PublishedFile file = new PublishedFile(name, rig.server().uri(name), List.of());
        rig.server().next((exchange, content) -> {
            exchange.sendResponseHeaders(200, 2_108_140);
            exchange.getResponseBody().write(new byte[2_108_140]);
        });
        assertThatThrownBy(() -> rig.store(DownloadLimits.USUAL).require(file))
                .hasMessageContaining("what came has the sha256 ")
                .hasMessageContaining("instead of dbdb03ee2a22fd895301636cd328b234bb3a9952358f436d82f46b81e0d5b0bf");
        rig.server().next((exchange, content) -> {
            exchange.sendResponseHeaders(200, 2_108_141);
            // Not every Java's server sends the head before there is a body.
            exchange.getResponseBody().write(0);
            exchange.getResponseBody().flush();
        });
        assertThatThrownBy(() -> rig.store(DownloadLimits.USUAL).require(file))
                .hasMessageContaining("the server sends more than the 2108140 bytes that the file can have");
        assertThat(rig.names()).containsExactly("." + name + ".lock");
    }

    private void plant(byte[] edition) throws IOException {
        Files.createDirectories(rig.models());
        Files.write(rig.models().resolve(".net.h5.part"), Arrays.copyOf(DownloadRig.random(9), 300_000));
        Files.write(rig.models().resolve(".net.h5.part.edition"), edition);
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> rig.store().require(rig.file()))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageContaining(message);
    }
}
