/** Results as text, json, jsonl and csv, on standard output or into a file. */
package cnn.report;
