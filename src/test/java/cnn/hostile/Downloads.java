package cnn.hostile;

import cnn.weights.DownloadAttacks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Servers that lie, stall or never end: an error soon, no wrong byte, and all is well with the next good server. */
final class Downloads {
    /** They wait more than they work. */
    private static final int AT_ONCE = 4;

    private final Scope scope;
    private final Tally healing =
            new Tally("downloads", "hostile servers and planted parts: no wrong byte, healed by the next run");

    private Downloads(Scope scope) {
        this.scope = scope;
    }

    static List<Tally> run(Scope scope) {
        Downloads downloads = new Downloads(scope);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<String, Future<List<String>>> attacks = new LinkedHashMap<>();
            for (String name : DownloadAttacks.cases()) {
                attacks.put(name, threads.submit(() -> downloads.attack(name)));
            }
            for (Map.Entry<String, Future<List<String>>> attack : attacks.entrySet()) {
                List<String> wrong = attack.getValue().get();
                downloads.healing.check(wrong.isEmpty(), attack.getKey() + ": " + String.join("; ", wrong));
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
        return List.of(downloads.healing);
    }

    private List<String> attack(String name) {
        long begun = System.nanoTime();
        List<String> wrong = DownloadAttacks.attack(name, scope.folder("downloads"));
        synchronized (healing) {
            healing.took((System.nanoTime() - begun) / 1e9, 0, name);
        }
        return wrong;
    }
}
