/** Names, hashes and locks of files, and files that appear when they are complete. */
package cnn.files;
