/** The networks that are known by name: one file for each architecture, and what it was trained on. */
package cnn.zoo;
