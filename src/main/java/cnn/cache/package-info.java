/** What has been computed, kept under what it was computed from; and the hashes of files. */
package cnn.cache;
