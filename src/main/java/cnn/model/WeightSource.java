package cnn.model;

import cnn.network.Weights;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a model's weights are: files that are opened at the latest when the first weight is asked for. */
interface WeightSource extends AutoCloseable {

    /** The weights; valid until this is closed. */
    Weights weights();

    @Override
    void close();

    /** Weights that need no file. */
    static WeightSource of(Weights weights) {
        return new Opened(weights, () -> {});
    }

    /** Weights out of files that are open; {@code closing} closes these. */
    static WeightSource of(Weights weights, Runnable closing) {
        return new Opened(weights, closing);
    }

    /** Weights whose files are opened when they are first asked for. */
    static WeightSource later(Supplier<WeightSource> opening) {
        return new Later(opening);
    }

    /** What {@code opening} gives; if it fails, what it was to hold is closed. */
    static <T> T closingOnFailure(Runnable closing, Supplier<T> opening) {
        try {
            return opening.get();
        } catch (RuntimeException | Error e) {
            closing.run();
            throw e;
        }
    }

    /** The same weights for somebody who does not close them. */
    default WeightSource lent() {
        return new Lent(this);
    }

    /** Weights that are there. */
    record Opened(Weights weights, Runnable closing) implements WeightSource {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** Weights of somebody else's. */
    record Lent(WeightSource owned) implements WeightSource {
        @Override
        public Weights weights() {
            return owned.weights();
        }

        @Override
        public void close() {
            // Their owner closes them.
        }
    }

    /** Weights that may never be needed. */
    final class Later implements WeightSource {
        private final Supplier<WeightSource> opening;
        private Optional<WeightSource> opened = Optional.empty();

        private Later(Supplier<WeightSource> opening) {
            this.opening = opening;
        }

        @Override
        public Weights weights() {
            opened = Optional.of(opened.orElseGet(opening));
            return opened.get().weights();
        }

        @Override
        public void close() {
            opened.ifPresent(WeightSource::close);
        }
    }
}
