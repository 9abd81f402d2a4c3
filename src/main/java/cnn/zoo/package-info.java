/** The networks that are known by name: one file per architecture; their published weights, preprocessing and labels. */
package cnn.zoo;
