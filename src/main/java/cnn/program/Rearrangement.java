package cnn.program;

import java.util.List;

/** Steps that give the numbers of their source at other places, or means of neighbours. */
public sealed interface Rearrangement extends Step.OfOne {

    /** A part of a map: from that row, column and channel on, as large as the target. */
    record Slice(int top, int left, int channel, String source, String target) implements Rearrangement {
        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.slice(this);
        }
    }

    /** The axes in another order: for each of the target that of the source, from 0. */
    record Permute(List<Integer> axes, String source, String target) implements Rearrangement {
        public Permute {
            axes = List.copyOf(axes);
        }

        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.permute(this);
        }
    }

    /** A map in the target's size: interpolated between the middles of cells, or with the nearest cell's numbers. */
    record Resample(boolean bilinear, String source, String target) implements Rearrangement {
        @Override
        public <R> R accept(StepVisitor<R> visitor) {
            return visitor.resample(this);
        }
    }
}
