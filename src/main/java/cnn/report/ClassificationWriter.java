package cnn.report;

import cnn.transfer.Classification;

/** Turns answers into the bytes of one format; used from first to last answer in order. */
interface ClassificationWriter {

    /** What stands before the first answer. */
    String begin();

    String row(Classification answer);

    /** What stands behind the last answer. */
    String end();
}
