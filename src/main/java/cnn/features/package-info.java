/** Images to rows of features, through the cache. */
package cnn.features;
