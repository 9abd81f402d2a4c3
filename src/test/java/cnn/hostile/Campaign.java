package cnn.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** All groups, or those that are named: a line for each invariant, and an exit code of 0 if all hold. */
final class Campaign {
    private static final long SEED = 11;

    private Campaign() {}

    /** Arguments: quick or full, then a seed, then names of groups. */
    public static void main(String[] args) throws IOException {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        String extent = words.isEmpty() ? "" : words.remove(0);
        boolean seeded = !words.isEmpty() && words.get(0).matches("\\d+");
        long seed = seeded ? Long.parseLong(words.remove(0)) : SEED;
        Map<String, Function<Scope, List<Tally>>> groups = groups();
        if (!List.of("quick", "full").contains(extent) || !groups.keySet().containsAll(words)) {
            System.err.println(
                    "usage: hostile quick|full [SEED] [GROUP...]; groups: " + String.join(" ", groups.keySet()));
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("cnn-hostile").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder)));
        System.out.printf(
                "%s, seed %d, Java %s; %s%n", extent, seed, Runtime.version().feature(), Beside.told());
        boolean all = true;
        for (String name : words.isEmpty() ? groups.keySet() : words) {
            long begun = System.nanoTime();
            List<Tally> tallies = groups.get(name).apply(new Scope(extent.equals("full"), seed, folder));
            for (Tally tally : tallies) {
                System.out.println(tally.line());
                all &= tally.allHold();
            }
            System.out.printf("%-11s %.0f s%n", name, (System.nanoTime() - begun) / 1e9);
        }
        System.exit(all ? 0 : 1);
    }

    private static Map<String, Function<Scope, List<Tally>>> groups() {
        Map<String, Function<Scope, List<Tally>>> groups = new LinkedHashMap<>();
        groups.put("images", Images::run);
        groups.put("models", Models::savedModels);
        groups.put("hdf5", Models::kerasFiles);
        groups.put("names", Names::run);
        groups.put("special", SpecialFiles::run);
        groups.put("outputs", Outputs::run);
        groups.put("heaps", Heaps::run);
        groups.put("faults", Faults::run);
        groups.put("kills", Kills::run);
        groups.put("downloads", Downloads::run);
        return groups;
    }

    private static void end(Path folder) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("hostile: cannot delete " + e.getMessage());
        }
    }
}
