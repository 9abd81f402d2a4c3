/** JSON: values as text, text as values, and objects read with the types that are expected. */
package cnn.json;
