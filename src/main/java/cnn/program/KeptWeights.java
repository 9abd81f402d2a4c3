package cnn.program;

import java.nio.file.Path;

/**
 * Where an engine may keep what it makes of weights, so that the next run need not make it again. What it finds there that is
 * not of these weights, of this arithmetic and whole, it makes anew.
 *
 * @param file that is written if it can be
 * @param weights their identity: equal text, equal numbers
 */
public record KeptWeights(Path file, String weights) {}
