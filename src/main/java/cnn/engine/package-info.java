/** Forward passes: a network compiled to a plan of oneDNN primitives. */
package cnn.engine;
