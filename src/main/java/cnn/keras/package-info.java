/** Keras HDF5 files: weights matched by order with every shape checked, and {@code model_config} as a network. */
package cnn.keras;
