package cnn.program;

/** Something that is done for each kind of gradient step; what a backend implements to train. */
public interface GradientVisitor {

    void ofArgument(GradientStep.OfArgument step);

    void ofSoftmax(GradientStep.OfSoftmax step);

    void ofWeights(GradientStep.OfWeights step);

    void ofSource(GradientStep.OfSource step);

    void ofNorm(GradientStep.OfNorm step);

    void ofCells(GradientStep.OfCells step);

    void ofPool(GradientStep.OfPool step);

    void ofPart(GradientStep.OfPart step);

    void ofReshape(GradientStep.OfReshape step);

    void ofSlice(GradientStep.OfSlice step);

    void ofPermute(GradientStep.OfPermute step);

    void ofResample(GradientStep.OfResample step);

    void ofSlope(GradientStep.OfSlope step);

    void ofAffine(GradientStep.OfAffine step);

    void ofOperand(GradientStep.OfOperand step);

    void ofDrop(GradientStep.OfDrop step);

    void total(GradientStep.Total step);
}
