package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An HDF5 file all of whose objects lie in itself: external links, external storage and virtual datasets are refused, wherever
 * in the file they are, and the files that they name are never opened.
 */
final class Hdf5File implements AutoCloseable {
    /** As many as the HDF5 library follows. */
    private static final int MOST_LINKS = 16;

    private static final char UNREADABLE = '\ufffd';

    private final Path path;
    private final HdfFile hdf;
    private final Hdf5Values values;

    private Hdf5File(Path path, Hdf5Bytes bytes, HdfFile hdf) {
        this.path = path;
        this.hdf = hdf;
        this.values = new Hdf5Values(path, bytes, hdf.getUserBlockSize());
        checkLinks();
    }

    /**
     * Opens a file.
     *
     * @param path for messages, and for files that are too large to be mapped as one
     * @throws UserError of kind WEIGHTS if it is damaged, or parts of it lie in other files
     */
    static Hdf5File open(Path path, Hdf5Bytes bytes) {
        return guarded(path, () -> {
            try {
                return read(path, bytes);
            } catch (IOException e) {
                throw UserError.weights("%s: cannot be read (%s)".formatted(path, e), e);
            }
        });
    }

    private static Hdf5File read(Path path, Hdf5Bytes bytes) throws IOException {
        try {
            return new Hdf5File(path, bytes, structure(path, bytes));
        } catch (HdfException e) {
            if (!UntaggedTypes.areReasonFor(e)) {
                throw e;
            }
            return new Hdf5File(path, bytes, HdfFile.fromByteBuffer(UntaggedTypes.copyWithout(bytes)));
        }
    }

    /**
     * In memory that the file is mapped to nothing is allocated for what the file claims to be long. A file larger than such
     * memory can be is larger than what its headers could claim.
     */
    private static HdfFile structure(Path path, Hdf5Bytes bytes) throws IOException {
        return bytes.size() <= Integer.MAX_VALUE
                ? HdfFile.fromByteBuffer(bytes.slice(0, bytes.size()))
                : new HdfFile(path);
    }

    Group root() {
        return hdf;
    }

    /**
     * What lies at a path, all links followed.
     *
     * @param from where a path begins that does not begin with a slash
     */
    Optional<Node> find(Group from, String where) {
        Node found = where.startsWith("/") ? hdf : from;
        Deque<String> names = new ArrayDeque<>();
        push(names, where);
        for (int links = 0; !names.isEmpty(); ) {
            String name = names.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            Node child = found instanceof Group group ? child(group, name) : null;
            if (child instanceof SoftLink link) {
                if (++links > MOST_LINKS) {
                    throw UserError.weights("%s: %s goes through more than %d links, or in a circle"
                            .formatted(path, Excerpt.of(where), MOST_LINKS));
                }
                push(names, link.getTargetPath());
                found = link.getTargetPath().startsWith("/") ? hdf : found;
            } else if (child == null) {
                return Optional.empty();
            } else {
                found = child;
            }
        }
        return Optional.of(found);
    }

    /**
     * All datasets that lie in a group or below it: their addresses, and one path of each.
     *
     * @throws UserError if there is a link into another file among them
     */
    Map<Long, String> datasets(Group group) {
        Map<Long, String> datasets = new LinkedHashMap<>();
        Deque<Group> waiting = new ArrayDeque<>(Set.of(group));
        Set<Long> seen = new HashSet<>(Set.of(group.getAddress()));
        while (!waiting.isEmpty()) {
            for (Node node : waiting.pop()) {
                if (node instanceof ExternalLink link) {
                    throw UserError.weights(
                            "%s: %s is a link into another file, %s: weights are read from one file only; "
                                            .formatted(
                                                    path, Excerpt.of(link.getPath()), Excerpt.of(link.getTargetPath()))
                                    + "copy all into one, as model.save() does");
                }
                if (!(node instanceof SoftLink) && seen.add(node.getAddress())) {
                    if (node instanceof Group inner) {
                        waiting.push(inner);
                    } else if (node instanceof Dataset) {
                        datasets.put(node.getAddress(), node.getPath());
                    }
                }
            }
        }
        return datasets;
    }

    /** See {@link Hdf5Values#floats}. */
    FloatBuffer floats(Dataset dataset) {
        return guarded(path, () -> values.floats(dataset));
    }

    /** See {@link Hdf5Values#checkPlausible}. */
    void checkPlausible(Dataset dataset) {
        values.checkPlausible(dataset);
    }

    @Override
    public void close() {
        hdf.close();
    }

    /** Looks at every object; the reader itself refuses external storage and virtual datasets as it comes to them. */
    private void checkLinks() {
        datasets(hdf);
    }

    /**
     * A child by its name. Keras writes names in UTF-8 and h5py says that they are ASCII, so of other letters the reader makes
     * signs that stand for any: such a name is that of the one child which would be read so.
     */
    private static Node child(Group group, String name) {
        if (name.indexOf(UNREADABLE) < 0) {
            return group.getChild(name);
        }
        List<Node> alike = group.getChildren().values().stream()
                .filter(child -> new String(child.getName().getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII)
                        .equals(name))
                .toList();
        return alike.size() == 1 ? alike.get(0) : null;
    }

    private static void push(Deque<String> names, String where) {
        String[] parts = where.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            names.push(parts[i]);
        }
    }

    /** A damaged file makes the HDF5 reader fail in many ways; to the user they are all one. */
    static <T> T guarded(Path path, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String reason =
                    cause.getMessage() == null ? cause.getClass().getSimpleName() : Excerpt.of(cause.getMessage());
            throw UserError.weights(
                    cause instanceof UnsupportedHdfException
                            ? "%s: holds what is not read here, such as data in other files or virtual datasets (%s); "
                                            .formatted(path, reason)
                                    + "copy all into one plain file, as model.save() does"
                            : "%s: torn, damaged or not an HDF5 file (%s)".formatted(path, reason),
                    e);
        }
    }
}
