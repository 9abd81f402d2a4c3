package cnn.network;

/** What becomes of the cells in a window. */
public enum Pooling {
    /** The largest; padded cells never win. */
    MAX,
    /** The mean; padded cells are not counted. */
    AVERAGE
}
