/** A data set and settings to a saved model: phases, epochs, checkpoints. */
package cnn.train;
