/** Programs compiled to oneDNN's primitives, forward and backward; no type of oneDNN leaves this package. */
package cnn.onednn;
