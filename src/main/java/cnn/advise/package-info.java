/** Which network to take for some images, at which depth, and whether fine-tuning pays: by measurement. */
package cnn.advise;
