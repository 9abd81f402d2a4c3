package cnn.report;

import cnn.classify.Classification;

/** Turns answers into bytes; used from first to last answer in order. */
interface AnswerBytes {

    /** What stands before the first answer. */
    byte[] begin();

    /**
     * What is to be written when an answer is there; it may be that of answers before, or nothing yet.
     *
     * @param first whether it is the first one of the report
     */
    byte[] row(Classification answer, boolean first);

    /** What stands behind the last answer. */
    byte[] end();
}
