package cnn.train;

import cnn.linear.LinearHeadSearch;
import java.util.List;

/** Hears how a training is going, on the thread that trains. */
public interface TrainingListener {

    /** Something that the user should know, in one line. */
    void note(String line);

    /** Something that was done, for those who want to know all. */
    default void detail(String line) {}

    /** How far the images of a part of the data have been read, or their features computed. */
    void read(String part, long done, long all);

    /** How many of an epoch's batches have been learnt from. */
    default void batch(int epoch, int epochs, long done, long all) {}

    /** How many fits of how many the search for a linear head's penalty has done; on any thread. */
    default void fitted(int done, int all) {}

    /**
     * A linear head is found.
     *
     * @param row what it reaches
     */
    default void solved(EpochRow row, LinearHeadSearch.Found found) {}

    /**
     * An epoch is over.
     *
     * @param row the last of {@code history}; epoch 0 is the model as it was before
     * @param epochs how many there will be at most
     */
    void epoch(EpochRow row, int epochs, List<EpochRow> history);
}
