package cnn.report;

import cnn.features.FeatureRow;
import cnn.parquet.FeatureTableWriter;

/** Parquet, see {@link FeatureTableWriter}. */
record ParquetFeatures(FeatureTableWriter table) implements FeatureWriter {

    @Override
    public void row(FeatureRow row) {
        table.row(row);
    }

    @Override
    public void end() {
        table.end();
    }
}
