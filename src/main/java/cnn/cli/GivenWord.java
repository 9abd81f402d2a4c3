package cnn.cli;

import java.util.Comparator;

/**
 * A word of a command line, and where it comes from.
 *
 * @param depth 0 for the command line itself, 1 for a file that it names, 2 for a file that such a file names
 * @param file which of the files, counted as they are read
 */
record GivenWord(String word, int depth, int file) {
    /** Where an option is given more than once: the nearest to the command line wins, of two files the later one. */
    static final Comparator<GivenWord> PRECEDENCE =
            Comparator.comparingInt(GivenWord::depth).reversed().thenComparingInt(GivenWord::file);

    boolean isOfTheSameSource(GivenWord other) {
        return depth == other.depth && file == other.file;
    }
}
