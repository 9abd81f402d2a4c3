package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
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
    void bringsTheFileAndLeavesNoPart() throws Exception {
        VerifiedFile got = rig.store().require(rig.file());
        assertThat(got.path()).isEqualTo(rig.models().resolve("net.h5")).hasBinaryContent(rig.content());
        assertThat(got.sha256()).isEqualTo(DownloadRig.hash("SHA-256", rig.content()));
        assertThat(got.sizeBytes()).isEqualTo(DownloadRig.SIZE);
        assertThat(rig.names()).containsExactlyInAnyOrder("net.h5", ".net.h5.lock");
        assertThat(rig.progress()).isSorted().startsWith(0L).endsWith((long) DownloadRig.SIZE);
        assertThat(rig.store().require(rig.file()).sha256()).isEqualTo(got.sha256());
        assertThat(rig.server().ranges()).containsExactly("-");
    }

    @Test
    void acceptsAnyOfThePublishedMd5s() throws Exception {
        rig.store()
                .require(rig.file(
                        DownloadRig.hash("MD5", DownloadRig.random(2)), DownloadRig.hash("MD5", rig.content())));
        assertThat(rig.models().resolve("net.h5")).hasBinaryContent(rig.content());
    }

    @Test
    void goesOnAfterCutConnections() {
        rig.server().next(WeightServer.cutAfter(300_000), WeightServer.cutAfter(300_000));
        rig.assertDownloaded();
        assertThat(rig.server().ranges()).hasSize(3).startsWith("-");
        int second = start(rig.server().ranges().get(1));
        int third = start(rig.server().ranges().get(2));
        assertThat(second).isBetween(1, 300_000);
        assertThat(third).isBetween(second + 1, second + 300_000);
    }

    @Test
    void startsOverAtAServerWithoutRanges() {
        rig.server().next(WeightServer.cutAfter(300_000), WeightServer::withoutRanges);
        rig.assertDownloaded();
    }

    @Test
    void doesNotJoinPartsOfTwoEditions() {
        byte[] changed = DownloadRig.random(3);
        rig.server().next(WeightServer.cutAfter(300_000), (exchange, old) -> {
            rig.server().replaceContent(changed);
            WeightServer.well(exchange, changed);
        });
        rig.store().require(rig.file());
        assertThat(rig.models().resolve("net.h5")).hasBinaryContent(changed);
    }

    @Test
    void doesNotJoinPartsThoughTheServerIgnoresIfRange() {
        byte[] changed = DownloadRig.random(3);
        rig.server().next(WeightServer.cutAfter(300_000), (exchange, old) -> {
            rig.server().replaceContent(changed);
            exchange.getResponseHeaders().add("ETag", "\"other\"");
            exchange.getResponseHeaders().add("Content-Range", "bytes 300000-999999/1000000");
            exchange.sendResponseHeaders(206, 700_000);
            exchange.getResponseBody().write(changed, 300_000, 700_000);
        });
        rig.store().require(rig.file());
        assertThat(rig.models().resolve("net.h5")).hasBinaryContent(changed);
    }

    @Test
    void startsOverWhenTheServerHasLessThanCameBefore() {
        rig.server().next(WeightServer.cutAfter(300_000), WeightServer.status(416));
        rig.assertDownloaded();
    }

    @Test
    void triesAgainAfter503AndAStall() {
        rig.server().next(WeightServer.status(503), WeightServer.stallAfter(10_000, 3000));
        long start = System.nanoTime();
        rig.assertDownloaded();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(DownloadRig.STALL)
                .isLessThan(DownloadRig.STALL.multipliedBy(4));
        assertThat(rig.server().ranges()).containsExactly("-", "-", "bytes=10000-");
    }

    @Test
    void notesThatTheNewFileIsNotTheOneUsedBefore() throws IOException {
        Files.createDirectories(rig.models());
        Path target = Files.write(rig.models().resolve("net.h5"), DownloadRig.random(5));
        rig.store().require(rig.file());
        Files.delete(target);
        rig.assertDownloaded();
        assertThat(rig.notes()).hasSize(1);
        assertThat(rig.notes().get(0))
                .contains("differs from the one first used on", DownloadRig.hash("SHA-256", DownloadRig.random(5)));
    }

    private static int start(String range) {
        return Integer.parseInt(range.replaceAll("^bytes=|-$", ""));
    }
}
