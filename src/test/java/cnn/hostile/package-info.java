/**
 * A campaign against the tool: files, models, servers and circumstances made to break it, and what has to hold all the
 * same. {@code scripts/hostile} runs it; a small part of each group is among the tests.
 */
package cnn.hostile;
