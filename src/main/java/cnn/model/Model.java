package cnn.model;

import cnn.image.Reading;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.ClassGradient;
import cnn.program.FloatStep;
import cnn.program.KeptWeights;
import cnn.program.Program;
import cnn.program.RangeObserver;
import cnn.program.Step;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An opened model: a network, its weights, and what these demand, whatever it was opened from. {@link Models} opens it.
 * Used by one thread; holds files and native memory until it is closed.
 */
public final class Model implements AutoCloseable {
    private final Network network;
    private final List<String> outputs;
    private Provenance provenance;
    private final WeightSource source;
    private ForwardPasses passes;
    private Optional<Calibrated> calibrated = Optional.empty();
    private Optional<ForwardPass> pass = Optional.empty();
    private boolean mirrored;
    private Optional<String> observed = Optional.empty();

    /**
     * @param outputs the layers that {@link #pass} gives
     * @param source of the weights of all nodes; closed with this
     */
    Model(Network network, List<String> outputs, Provenance provenance, WeightSource source, ForwardPasses passes) {
        this.network = network;
        this.outputs = List.copyOf(outputs);
        this.provenance = provenance;
        this.source = source;
        this.passes = passes;
    }

    /** As rows of results name it. */
    public String name() {
        return provenance.name();
    }

    public Network network() {
        return network;
    }

    /** The shape of one image: height, width, channels. */
    public Shape input() {
        return network.input().outputShape();
    }

    /** The layers that it was opened for: the output layer of a whole network, else those whose values are wanted. */
    public List<String> outputs() {
        return outputs;
    }

    /** The weights of all nodes, read when they are asked for; valid until this is closed. */
    public Weights weights() {
        return source.weights();
    }

    public Provenance provenance() {
        return provenance;
    }

    /** How the weights want images scaled. */
    public Preprocessing preprocessing() {
        return provenance.preprocessing();
    }

    /** The classes of the whole network's output. */
    public Labels labels() {
        return provenance.labels();
    }

    /** Gives the classes other names, which {@link #labels} says from now on. */
    public void name(Labels others) {
        provenance = provenance.withLabels(others);
    }

    /** How it was trained, if it is a saved model. */
    public Optional<SavedModel> saved() {
        return provenance.saved();
    }

    /** How the pictures were read that it was trained with, if that is known. */
    public Optional<Reading> reading() {
        return provenance.reading();
    }

    /** Of weights and arithmetic: equal text, equal numbers. */
    public String identity() {
        return provenance.identity() + ", " + arithmetic();
    }

    /** Of the arithmetic, with the ranges of int8: equal text, equal numbers of equal weights. */
    public String arithmetic() {
        return passes.recipe() + (mirrored ? ", mean with the mirror image" : "");
    }

    /**
     * What finds the ranges that int8 needs, of all that {@link #outputs} need; to be closed before this.
     *
     * @throws cnn.UserError of kind WEIGHTS if the backend cannot compute one of the layers
     */
    public RangeObserver observer() {
        return passes.observer(network, weights(), outputs);
    }

    /**
     * Lets this compute in int8 from now on, and {@link #identity} say so. To be called before {@link #pass}.
     *
     * @throws cnn.UserError if the backend, or the processor, cannot
     */
    public void quantize(Calibrated found) {
        if (pass.isPresent()) {
            throw new IllegalStateException("the pass of " + name() + " is open");
        }
        passes = passes.quantized(found.quantization());
        calibrated = Optional.of(found);
    }

    /** Lets the engine keep what it makes of the weights in a file, and find what it has kept. To be called before {@link #pass}. */
    void keep(Path file) {
        passes = passes.keeping(new KeptWeights(file, provenance.identity()));
    }

    /** With what this computes in int8, if it does. */
    public Optional<Calibrated> calibrated() {
        return calibrated;
    }

    /**
     * Lets {@link #pass} give the mean of what it finds for an image and for its mirror image, and {@link #identity} say so.
     * For whole networks that classify.
     */
    public void mirror() {
        if (!mirrored) {
            mirrored = true;
            pass = pass.map(opened -> new MirroredPass(opened, input()));
        }
    }

    /**
     * Lets {@link #pass} give what a layer computes too, behind {@link #outputs}. For a layer on the way to them, whose values
     * stay as they are.
     */
    public void observe(String layer) {
        observed = Optional.of(layer);
        pass.ifPresent(ForwardPass::close);
        pass = Optional.empty();
    }

    /** The layers that {@link #pass} computes in float32 although the rest is computed in int8. */
    public List<FloatStep> inFloat() {
        return passes.backend().inFloat(network, outputs);
    }

    /**
     * The layers whose values {@link #pass} holds somewhere on its way, since no other step takes theirs upon itself. To
     * compare two precisions layer by layer, ask {@link #forward} for these.
     */
    public List<String> observable() {
        return Program.forInference(network, outputs).steps().stream()
                .map(Step::target)
                .filter(value ->
                        network.nodes().stream().anyMatch(node -> node.name().equals(value)))
                .distinct()
                .toList();
    }

    /**
     * Computes {@link #outputs}. Made ready when it is first asked for, so that a run which finds all it needs in a cache
     * never reads the weights; closed with this.
     */
    public ForwardPass pass() {
        if (pass.isEmpty()) {
            List<String> wanted =
                    Stream.concat(outputs.stream(), observed.stream()).toList();
            ForwardPass opened = passes.open(network, weights(), wanted);
            pass = Optional.of(mirrored ? new MirroredPass(opened, input()) : opened);
        }
        return pass.get();
    }

    /**
     * A pass that gives what other layers compute; to be closed before this.
     *
     * @param images that a pass will mostly be given
     * @throws cnn.UserError of kind WEIGHTS if the backend cannot compute one of the layers
     */
    public ForwardPass forward(List<String> layers, int images) {
        return new ForwardPasses(passes.backend(), images).open(network, weights(), layers);
    }

    /**
     * The gradient of a class's result by what a layer gives; to be closed before this.
     *
     * @param layer through which all goes that reaches the output
     * @throws cnn.UserError of kind DATA if a layer above it has no derivative
     */
    public ClassGradient gradient(String layer) {
        return passes.gradient(network.above(layer), weights());
    }

    /** The part that computes one layer, with the weights of this one; to be closed before this. */
    public Model cut(String layer) {
        return new Model(network.upTo(layer), List.of(layer), provenance, source.lent(), passes);
    }

    /** As {@link #cut(String)}, with other weights of all its nodes. */
    public Model cut(String layer, Weights weights) {
        return new Model(network.upTo(layer), List.of(layer), provenance, WeightSource.of(weights), passes);
    }

    /**
     * Another network over the same files, such as this one with a head.
     *
     * @param weights of all its nodes
     * @return what closes this one's files; this one is not to be used any more
     */
    public Model as(Network other, Weights weights) {
        return new Model(
                other, List.of(other.output().name()), provenance, WeightSource.of(weights, this::close), passes);
    }

    @Override
    public void close() {
        pass.ifPresent(ForwardPass::close);
        source.close();
    }
}
