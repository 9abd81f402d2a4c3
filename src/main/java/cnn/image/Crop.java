package cnn.image;

/** A rectangle of a larger image, in its pixels. */
record Crop(int top, int left, int height, int width) {}
