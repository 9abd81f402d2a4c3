/** Networks as Deeplearning4j graphs; no type of DL4J or ND4J leaves this package. */
package cnn.dl4j;
