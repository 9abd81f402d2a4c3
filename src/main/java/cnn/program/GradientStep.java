package cnn.program;

import cnn.network.Scalar;
import java.util.List;

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

    record OfSoftmax(Cellwise.Softmax step, String gradient, String target) implements GradientStep {
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

    /** To the gradients of the source, gamma and beta of a norm over cells. */
    record OfCells(Cellwise.NormalizeCells step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofCells(this);
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
     * @param offsets along each axis of the shape the source's first place in the map
     */
    record OfPart(String map, String source, List<Integer> offsets, String gradient, String target)
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

    /** The gradient at the place of the part, and zeros round it. */
    record OfSlice(Rearrangement.Slice step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofSlice(this);
        }
    }

    record OfPermute(Rearrangement.Permute step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofPermute(this);
        }
    }

    record OfResample(Rearrangement.Resample step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofResample(this);
        }
    }

    /** To the gradients of the source and of the slopes. */
    record OfSlope(Pointwise.Slope step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofSlope(this);
        }
    }

    record OfAffine(Pointwise.Affine step, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofAffine(this);
        }
    }

    /** To the gradient of the left or of the right source. */
    record OfOperand(Pointwise.Combine step, boolean left, String gradient, String target) implements GradientStep {
        @Override
        public void accept(GradientVisitor visitor) {
            visitor.ofOperand(this);
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
