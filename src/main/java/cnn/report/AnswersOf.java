package cnn.report;

import java.util.Map;

/**
 * What answers are of.
 *
 * @param model the network's name, as rows name it
 * @param facts of the network and how it was asked, by name, for formats that keep such
 * @param firstRow the number of the first answer among those of all shards, likewise
 */
public record AnswersOf(String model, Map<String, String> facts, long firstRow) {}
