/** From paths, folders and globs to images in order. */
package cnn.data;
