/** How far a model's answers can be trusted: temperature, conformal sets, distance to what it has learnt from; numbers in, numbers out. */
package cnn.confidence;
