package cnn.report;

import cnn.classify.Classification;

/** Turns answers into the text of one format; used from first to last answer in order. */
interface ClassificationWriter {

    /** What stands before the first answer. */
    String begin();

    /**
     * What is written for an answer.
     *
     * @param first whether it is the first one of the report
     */
    String row(Classification answer, boolean first);

    /** What stands behind the last answer. */
    String end();
}
