/** Networks: layers named and ordered as Keras's, with shapes, parameters and multiply-adds. */
package cnn.network;
