package cnn.cli;

import cnn.train.TrainingRequest;

/** A command that trains a model. */
interface Trains {

    /** What is to be trained, and how. */
    TrainingRequest request();

    /** What trains it. */
    TrainingJob job();
}
