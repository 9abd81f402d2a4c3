package cnn.program;

import cnn.network.Scalar;

/** One computation of a derivative: from the gradient of a value towards those of what the value was made from. */
public sealed interface GradientStep {

    void accept(GradientVisitor visitor);

    /**
     * From the gradient of a function's results to that of its arguments.
     *
     * @param known the value that the function gave, or if its derivative cannot be told from that the value it was given
     */
    record OfArgument(Scalar term, String known, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofArgument(this);
        }
    }

    record OfSoftmax(Step.Softmax step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofSoftmax(this);
        }
    }

    /** To the gradients of a step's kernel and bias. */
    record OfWeights(Step.Weighted step, String gradient) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofWeights(this);
        }
    }

    /** To the gradient of the source of a step with a kernel. */
    record OfSource(Step.Weighted step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofSource(this);
        }
    }

    /** To the gradients of a batch norm's source, gamma and beta. */
    record OfNorm(Step.Normalize step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofNorm(this);
        }
    }

    record OfPool(Step.Pool step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofPool(this);
        }
    }

    /**
     * The part of a map's gradient that belongs to a source which was put into that map.
     *
     * @param map that the gradient is of
     * @param channel the first of the source's channels in the map
     * @param top the first of its rows
     * @param left the first of its columns
     */
    record OfPart(String map, String source, int channel, int top, int left, String gradient, String target)
            implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofPart(this);
        }
    }

    record OfReshape(Step.Reshape step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofReshape(this);
        }
    }

    /** Drops what the step dropped. */
    record OfDrop(Step.Drop step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofDrop(this);
        }
    }

    /** The gradient of a value that is read twice, from both its readers. */
    record Total(String first, String second, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.total(this);
        }
    }
}
