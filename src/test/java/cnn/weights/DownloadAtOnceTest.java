package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadAtOnceTest {
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
    void threadsAtOnceDownloadOnce() throws Exception {
        rig.server().next(WeightServer.slowly(200));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<VerifiedFile>> got = threads.invokeAll(Collections.nCopies(
                4, (Callable<VerifiedFile>) () -> rig.store().require(rig.file())));
        threads.shutdown();
        for (Future<VerifiedFile> one : got) {
            assertThat(one.get().sha256()).isEqualTo(DownloadRig.hash("SHA-256", rig.content()));
        }
        assertThat(rig.server().ranges()).containsExactly("-");
        assertThat(rig.notes()).contains("another process downloads net.h5; waiting for it");
    }

    @Test
    void processesAtOnceDownloadOnce() throws Exception {
        rig.server().next(WeightServer.slowly(1000));
        List<Process> processes = List.of(rig.process(), rig.process(), rig.process());
        for (Process process : processes) {
            String sha256 = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(process.waitFor()).isZero();
            assertThat(sha256).isEqualTo(DownloadRig.hash("SHA-256", rig.content()));
        }
        assertThat(rig.server().ranges()).containsExactly("-");
    }

    @Test
    void goesOnWhereAKilledProcessStopped() throws Exception {
        rig.server().next(WeightServer.stallAfter(300_000, 5000));
        Process process = rig.process();
        Path part = rig.models().resolve(".net.h5.part");
        for (int i = 0; i < 1000 && (!Files.exists(part) || Files.size(part) < 300_000); i++) {
            Thread.sleep(10);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        rig.assertDownloaded();
        assertThat(rig.server().ranges()).containsExactly("-", "bytes=300000-");
    }
}
