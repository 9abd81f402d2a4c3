package cnn.model;

/** What the numbers of a model's last layer are. */
public enum LastLayer {
    /** Of which softmax makes probabilities, or sigmoid of a single one. */
    LOGITS,
    PROBABILITIES
}
