/** What the tool does with networks and images: classify; later extract, train, fine-tune, evaluate. */
package cnn.transfer;
