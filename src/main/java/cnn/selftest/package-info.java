/** Compares what this machine computes with numbers that others have computed. */
package cnn.selftest;
