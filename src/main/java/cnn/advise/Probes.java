package cnn.advise;

import cnn.UserError;
import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.features.FeatureRow;
import cnn.files.Sha256;
import cnn.linear.Leep;
import cnn.linear.LinearHeadSearch;
import cnn.linear.LinearProbe;
import cnn.linear.LogMe;
import cnn.linear.Samples;
import cnn.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Scores the layers of networks on some images, network after network. */
final class Probes {
    private static final int FOLDS = 5;
    private static final double SUM_TOLERANCE = 1e-3;
    private static final double NANOS = 1e9;

    private final Dataset data;
    private final List<Sample> tried;
    private final NetworkProbe network;
    private final Set<String> unreadable = new HashSet<>();
    private final int[] groups;

    /** @param tried the training images to score on */
    Probes(Dataset data, List<Sample> tried, NetworkProbe network) {
        this.data = data;
        this.tried = tried;
        this.network = network;
        Map<Sha256, Integer> contents = new HashMap<>();
        this.groups = tried.stream()
                .mapToInt(sample -> contents.computeIfAbsent(sample.content(), content -> contents.size()))
                .toArray();
    }

    /**
     * The candidates of some networks. The first is tried however long it takes.
     *
     * @param leftOut is told what there was no time for
     */
    List<Candidate> of(List<NetworkPlan> plans, List<String> leftOut) {
        List<Candidate> candidates = new ArrayList<>();
        for (NetworkPlan plan : plans) {
            boolean isFirst = candidates.isEmpty();
            Optional<NetworkProbe.Rows> rows =
                    isFirst || isTime() ? (isFirst ? network.patient() : network).rows(plan, tried) : Optional.empty();
            if (rows.isEmpty()) {
                leftOut.add("%s: not tried, --budget is used up"
                        .formatted(plan.request().name()));
                continue;
            }
            rows.get().rows().forEach(this::tell);
            for (int cut = 0; cut < plan.cuts().size(); cut++) {
                if (candidates.isEmpty() || isTime()) {
                    candidates.add(candidate(plan, cut, rows.get()));
                } else {
                    leftOut.add("%s at %s: not tried, --budget is used up"
                            .formatted(
                                    plan.request().name(), plan.cuts().get(cut).name()));
                }
            }
        }
        return candidates;
    }

    /** The images that could be read. */
    List<Sample> readable() {
        return tried.stream()
                .filter(sample -> !unreadable.contains(sample.image().given()))
                .toList();
    }

    private boolean isTime() {
        return network.deadline().secondsLeft() > 0;
    }

    private void tell(FeatureRow row) {
        row.failure().filter(why -> unreadable.add(row.input())).ifPresent(why -> network.listener()
                .note("%s is left out: %s".formatted(row.input(), why.message())));
    }

    private Candidate candidate(NetworkPlan plan, int cut, NetworkProbe.Rows rows) {
        long start = System.nanoTime();
        Node layer = plan.cuts().get(cut);
        int before = plan.cuts().subList(0, cut).stream()
                .mapToInt(node -> node.outputShape().channels())
                .sum();
        int[] read = IntStream.range(0, tried.size())
                .filter(i -> rows.rows().get(i).failure().isEmpty())
                .toArray();
        data.require(Arrays.stream(read).mapToObj(tried::get).toList(), "to train on");
        int[] labels =
                tried.stream().mapToInt(sample -> sample.target().classIndex()).toArray();
        double[][] features = slice(rows, before, layer.outputShape().channels());
        Samples samples = Samples.of(features, labels, data.classes().size()).grouped(groups);
        LinearProbe.Result probe = new LinearProbe(FOLDS, network.request().seed(), network.threads())
                .of(samples.choose(read), progress())
                .orElseThrow(
                        () -> UserError.data(
                                "no class has two different training images, so nothing can be compared; more images are needed"));
        double[][] chosen = chosen(features, read);
        int[] chosenLabels = Arrays.stream(read).map(i -> labels[i]).toArray();
        double logMe = LogMe.of(chosen, chosenLabels, data.classes().size());
        OptionalDouble leep = leep(plan, rows, read, chosenLabels);
        double seconds = (System.nanoTime() - start) / NANOS;
        int all =
                data.training().size() + data.validation().size() + data.test().size();
        return new Candidate(
                plan.request(),
                layer.name(),
                cut == 0,
                layer.outputShape().channels(),
                plan.multiplyAdds().get(cut),
                probe,
                logMe,
                leep,
                rows.secondsPerImage(),
                seconds + rows.seconds() / plan.cuts().size(),
                all * rows.secondsPerImage()
                        + seconds * LinearProbe.fitsOfSearch() * data.training().size() / read.length);
    }

    /** Some columns of the rows; nothing in those of images that could not be read. */
    private double[][] slice(NetworkProbe.Rows rows, int from, int count) {
        return rows.rows().stream()
                .map(row -> {
                    double[] slice = new double[count];
                    for (int j = 0; j < count && row.failure().isEmpty(); j++) {
                        slice[j] = row.features()[from + j];
                        if (!Double.isFinite(slice[j])) {
                            throw UserError.data(
                                    "%s: the network's features of it are no finite numbers; its weights do not fit"
                                            .formatted(row.input()));
                        }
                    }
                    return slice;
                })
                .toArray(double[][]::new);
    }

    private OptionalDouble leep(NetworkPlan plan, NetworkProbe.Rows rows, int[] read, int[] labels) {
        if (plan.top().isEmpty()) {
            return OptionalDouble.empty();
        }
        int known = plan.top().get().outputShape().channels();
        double[][] outputs = chosen(slice(rows, plan.features(), known), read);
        double[][] probabilities = known == 1
                ? Arrays.stream(outputs)
                        .map(row -> new double[] {1 - row[0], row[0]})
                        .toArray(double[][]::new)
                : outputs;
        return Arrays.stream(probabilities).allMatch(Probes::isDistribution)
                ? OptionalDouble.of(
                        Leep.of(probabilities, labels, data.classes().size()))
                : OptionalDouble.empty();
    }

    private static boolean isDistribution(double[] row) {
        return Arrays.stream(row).allMatch(p -> p >= 0)
                && Math.abs(Arrays.stream(row).sum() - 1) < SUM_TOLERANCE;
    }

    private static double[][] chosen(double[][] rows, int[] indices) {
        return Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(double[][]::new);
    }

    private LinearHeadSearch.Listener progress() {
        return new LinearHeadSearch.Listener() {
            @Override
            public void fitted(int done, int all) {
                network.listener().fitted(done, all);
            }

            @Override
            public void working() {}
        };
    }
}
