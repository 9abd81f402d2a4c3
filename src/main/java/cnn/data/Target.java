package cnn.data;

/**
 * What an image shows, as far as somebody has said.
 *
 * @param classIndex index of its class
 */
public record Target(int classIndex) {}
