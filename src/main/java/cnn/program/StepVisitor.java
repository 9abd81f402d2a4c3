package cnn.program;

/**
 * Something that is done for each kind of step; what a backend implements to compute programs.
 *
 * @param <R> what comes of it
 */
public interface StepVisitor<R> {

    R convolve(Step.Convolve step);

    R multiply(Step.Multiply step);

    R normalize(Step.Normalize step);

    R normalizeCells(Cellwise.NormalizeCells step);

    R pool(Step.Pool step);

    R activate(Step.Activate step);

    R softmax(Cellwise.Softmax step);

    R slope(Pointwise.Slope step);

    R affine(Pointwise.Affine step);

    R combine(Pointwise.Combine step);

    R sum(Step.Sum step);

    R join(Step.Join step);

    R pad(Step.Pad step);

    R slice(Rearrangement.Slice step);

    R permute(Rearrangement.Permute step);

    R resample(Rearrangement.Resample step);

    R reshape(Step.Reshape step);

    R drop(Step.Drop step);

    R deliver(Step.Deliver step);
}
