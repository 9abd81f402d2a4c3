package cnn.weights;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.ExclusiveFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where weight files are looked for, and brought to from where they are published. No bytes leave it unverified. */
public final class WeightStore {
    private final List<Path> searchDirectories;
    private final Path downloadDirectory;
    private final boolean offline;
    private final ChecksumLedger ledger;
    private final FetchListener listener;
    private final DownloadLimits limits;
    private final Optional<String> firstIsNamedBy;
    private final Map<String, PublishedWeights> published;
    private final Consumer<Path> found;

    /**
     * The places that the command line and the environment name.
     *
     * <p>Looked into in this order: {@code modelsDirectory}, else the variable CNN_MODELS; {@code .cnn/models} under the
     * home, where downloads go; {@code .keras/models} under the home, which Keras fills with files of the same names.
     * The variable CNN_OFFLINE, set to anything but 0 and the empty string, forbids downloads as {@code offline} does.
     *
     * @param modelsDirectory of the option --models-dir
     * @param published all weights that could be used, by the name of their network; named where a file is missing
     * @throws UserError of kind USAGE if {@code modelsDirectory} is no directory
     */
    public static WeightStore of(
            Optional<Path> modelsDirectory,
            boolean offline,
            Map<String, String> environment,
            Path home,
            Map<String, PublishedWeights> published,
            FetchListener listener) {
        modelsDirectory.filter(directory -> !Files.isDirectory(directory)).ifPresent(directory -> {
            throw UserError.usage("--models-dir " + directory + " is not a directory");
        });
        Optional<Path> variable = variable(environment, "CNN_MODELS").map(Path::of);
        Optional<String> namedBy =
                modelsDirectory.map(directory -> "--models-dir").or(() -> variable.map(directory -> "CNN_MODELS"));
        Path own = home.resolve(".cnn").resolve("models");
        List<Path> directories = new ArrayList<>();
        modelsDirectory.or(() -> variable).ifPresent(directories::add);
        directories.add(own);
        directories.add(home.resolve(".keras").resolve("models"));
        boolean offlineByVariable = variable(environment, "CNN_OFFLINE")
                .filter(value -> !value.equals("0"))
                .isPresent();
        ChecksumLedger ledger = new ChecksumLedger(home.resolve(".cnn").resolve("checksums"), listener);
        return new WeightStore(
                directories,
                own,
                offline || offlineByVariable,
                ledger,
                listener,
                DownloadLimits.USUAL,
                namedBy,
                published,
                file -> {});
    }

    WeightStore(
            List<Path> searchDirectories,
            Path downloadDirectory,
            boolean offline,
            ChecksumLedger ledger,
            FetchListener listener,
            DownloadLimits limits) {
        this(
                searchDirectories,
                downloadDirectory,
                offline,
                ledger,
                listener,
                limits,
                Optional.empty(),
                Map.of(),
                f -> {});
    }

    private WeightStore(
            List<Path> searchDirectories,
            Path downloadDirectory,
            boolean offline,
            ChecksumLedger ledger,
            FetchListener listener,
            DownloadLimits limits,
            Optional<String> firstIsNamedBy,
            Map<String, PublishedWeights> published,
            Consumer<Path> found) {
        this.searchDirectories = List.copyOf(searchDirectories);
        this.downloadDirectory = downloadDirectory;
        this.offline = offline;
        this.ledger = ledger;
        this.listener = listener;
        this.limits = limits;
        this.firstIsNamedBy = firstIsNamedBy;
        this.published = published;
        this.found = found;
    }

    /** The same store, which hands over each file that it found before anybody reads it; what is thrown then stops the work. */
    public WeightStore telling(Consumer<Path> found) {
        return new WeightStore(
                searchDirectories,
                downloadDirectory,
                offline,
                ledger,
                listener,
                limits,
                firstIsNamedBy,
                published,
                found);
    }

    /** Where a file is, the first place first looked into; its bytes are not looked at. */
    public Optional<Path> find(PublishedFile file) {
        Optional<Path> place = locate(file);
        place.ifPresent(found);
        return place;
    }

    private Optional<Path> locate(PublishedFile file) {
        return searchDirectories.stream()
                .map(directory -> directory.resolve(file.fileName()))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * A file that is here, or is downloaded now, and is what it should be.
     *
     * @throws UserError of kind WEIGHTS if it is not to be had, naming the file, where to put it and where it is
     *     published; or if it is damaged
     */
    public VerifiedFile require(PublishedFile file) {
        return require(file, List.of());
    }

    /** As {@link #require(PublishedFile)}; where it is not to be had, {@code others} are named, which need no file. */
    public VerifiedFile require(PublishedFile file, List<String> others) {
        Optional<Path> found = find(file);
        return found.isPresent() ? ledger.verify(found.get(), file.hashes()) : download(file, others);
    }

    /** Says something that the user should know of a file. */
    public void note(String line) {
        listener.note(line);
    }

    /** Says something that only those want to know who want to know all. */
    public void detail(String line) {
        listener.detail(line);
    }

    /** What is known of the bytes of weight files; also for files that are named by their path. */
    public ChecksumLedger ledger() {
        return ledger;
    }

    private VerifiedFile download(PublishedFile file, List<String> others) {
        MissingFile missing = new MissingFile(
                file, searchDirectories, firstIsNamedBy, downloadDirectory, this::locate, published, others);
        if (offline) {
            throw UserError.weights(file.fileName() + " is in none of " + missing.places()
                    + ", and may not be downloaded (offline): " + missing.remedy());
        }
        Path lock = downloadDirectory.resolve("." + file.fileName() + ".lock");
        try {
            Files.createDirectories(downloadDirectory);
            try (ExclusiveFile held = ExclusiveFile.acquire(
                    lock, () -> listener.note("another process downloads " + file.fileName() + "; waiting for it"))) {
                Path target = downloadDirectory.resolve(file.fileName());
                return Files.isRegularFile(target)
                        ? ledger.verify(target, file.hashes())
                        : ledger.recordDownloaded(target, fetch(file, target));
            }
        } catch (IOException e) {
            throw UserError.weights(
                    "cannot download " + file.fileName() + " (" + IoReason.of(e) + "), and it is in none of "
                            + missing.places() + ": " + missing.remedy(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.weights("the download of " + file.fileName() + " was interrupted; run it again to go on");
        }
    }

    private Fingerprint fetch(PublishedFile file, Path target) throws IOException, InterruptedException {
        Path part = target.resolveSibling("." + file.fileName() + ".part");
        boolean resumed = Files.exists(part);
        Download download = new Download(file, part, listener, limits);
        while (true) {
            Optional<String> told = download.run();
            Fingerprint found = Fingerprint.of(part);
            Optional<String> problem = problem(file, part, found, told);
            if (problem.isEmpty()) {
                force(part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                return found;
            }
            download.discard();
            if (!resumed) {
                throw new IOException("what came " + problem.get() + " and was deleted");
            }
            // The part of an earlier run may have been damaged, by a power cut for one: once more from the start.
            resumed = false;
        }
    }

    /** What tells that a part is not the file, or not all of it. */
    private static Optional<String> problem(PublishedFile file, Path part, Fingerprint found, Optional<String> told)
            throws IOException {
        Optional<PublishedBytes> published = PublishedBytes.of(file.fileName());
        if (published.isPresent() && !published.get().sha256().equals(found.sha256())) {
            return Optional.of("has the sha256 " + found.sha256() + " instead of "
                    + published.get().sha256());
        }
        List<String> hashes = file.hashes().isEmpty() ? told.stream().toList() : file.hashes();
        if (!hashes.isEmpty() && !found.isOneOf(hashes)) {
            return Optional.of("has the " + found.like(hashes) + " instead of " + String.join(" or ", hashes));
        }
        return Hdf5Head.problem(part);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
