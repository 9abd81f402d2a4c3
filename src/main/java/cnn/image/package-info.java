/** Images: decoding and resizing to the pixels that Keras (Pillow, TensorFlow) would see; pixels only, no tensors. */
package cnn.image;
