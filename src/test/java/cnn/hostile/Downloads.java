package cnn.hostile;

import cnn.weights.DownloadAttacks;
import java.util.List;

/** Servers that lie, stall or never end: an error soon, no wrong byte, and all is well with the next good server. */
final class Downloads {
    private Downloads() {}

    static List<Tally> run(Scope scope) {
        Tally healing =
                new Tally("downloads", "hostile servers and planted parts: no wrong byte, healed by the next run");
        DownloadAttacks.cases().forEach(name -> {
            long begun = System.nanoTime();
            List<String> wrong = DownloadAttacks.attack(name, scope.folder("downloads"));
            healing.took((System.nanoTime() - begun) / 1e9, 0, name);
            healing.check(wrong.isEmpty(), name + ": " + String.join("; ", wrong));
        });
        return List.of(healing);
    }
}
