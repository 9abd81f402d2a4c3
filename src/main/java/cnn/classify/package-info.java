/** Images to answers: the way of an image into a batch, the answer of a network for it, and how fast that is. */
package cnn.classify;
