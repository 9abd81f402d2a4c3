/** Parquet: tables of features and of answers, written as they come and read row by row. */
package cnn.parquet;
