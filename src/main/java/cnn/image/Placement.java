package cnn.image;

/**
 * How a picture comes to lie in the input of a network.
 *
 * @param part of the picture that there is to the filter
 * @param box within that part which is resized
 * @param target where in the input the result lies; what is around it is black
 */
record Placement(Crop part, Crop box, Crop target) {}
