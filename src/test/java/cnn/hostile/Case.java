package cnn.hostile;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One hostile file and the command that is to survive it.
 *
 * @param name what was done to which file
 * @param file deleted afterwards
 * @param words of the command line
 * @param allowed exit codes
 */
record Case(String name, Path file, List<String> words, Set<Integer> allowed) {
    Case {
        words = List.copyOf(words);
        allowed = Set.copyOf(allowed);
    }
}
