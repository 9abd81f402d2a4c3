/** Where weight files are, how they are brought here, and how their bytes are known. */
package cnn.weights;
