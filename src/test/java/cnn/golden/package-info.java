/**
 * Outputs of the published networks that another program computed, and the weights and the image they belong to.
 *
 * <p>The files lie in ../shared/golden; its README tells their format, how they were made and which tolerances are due.
 */
package cnn.golden;
