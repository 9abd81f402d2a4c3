/** From paths, folders and globs to samples with their classes, and to the parts of a data set. */
package cnn.data;
