/** Regularised logistic regression on rows of numbers, solved to its one optimum; knows nothing of images or networks. */
package cnn.linear;
