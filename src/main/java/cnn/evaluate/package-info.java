/** Answers and truth to figures and mistakes; why a model answered so. */
package cnn.evaluate;
