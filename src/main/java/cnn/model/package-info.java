/** From a name or a file to a network with its weights and what these demand of an image; saved models. */
package cnn.model;
