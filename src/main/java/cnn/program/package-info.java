/** Networks as steps that any library can compute, fused where it pays; knows no library. */
package cnn.program;
