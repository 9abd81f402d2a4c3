package cnn.report;

import cnn.features.FeatureRow;

/** Writes features in one format; used from first to last row in order. */
interface FeatureWriter extends AutoCloseable {

    void row(FeatureRow row);

    /** Writes what stands behind the last row, or could not be known before it; the files are whole then. */
    void end();

    /** Lets go of whatever is held besides the output. */
    @Override
    default void close() {}
}
