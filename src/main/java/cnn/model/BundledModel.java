package cnn.model;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.PartFile;
import cnn.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Saved models that come with the tool, so that it can do something on a machine without any weights. They are copied out
 * of the program to {@code ~/.cnn/models} when they are first asked for, under a name that tells their content;
 * to a temporary file where the home cannot be written to.
 */
public enum BundledModel {
    /** Tells the ten classes of CIFAR-10 apart; {@code config/cifar10.args} says how it was made. */
    CIFAR10("cifar10.zip");

    private static final int DIGITS = 12;

    private final String resource;
    private Optional<Path> copied = Optional.empty();

    BundledModel(String resource) {
        this.resource = resource;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    static List<String> ids() {
        return Arrays.stream(values()).map(BundledModel::id).toList();
    }

    /** The model of that name; case, {@code _} and {@code -} do not matter. */
    public static Optional<BundledModel> named(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return Arrays.stream(values()).filter(model -> model.id().equals(plain)).findFirst();
    }

    /**
     * The model's file.
     *
     * @throws UserError of kind WEIGHTS if it is not there yet and can be written nowhere
     */
    public synchronized Path file() {
        copied = Optional.of(copied.orElseGet(this::copy));
        return copied.get();
    }

    private Path copy() {
        byte[] content = content();
        String digits = Sha256.of(content).toString().substring(0, DIGITS);
        Path folder = Path.of(System.getProperty("user.home"), ".cnn", "models");
        Path file = folder.resolve("%s-%s.zip".formatted(id(), digits));
        try {
            if (Files.exists(file) && Files.size(file) == content.length) {
                return file;
            }
            Files.createDirectories(folder);
            try (PartFile part = PartFile.beside(file)) {
                part.write(content);
                part.moveTo(file);
            }
            return file;
        } catch (IOException e) {
            return copyForThisRun(content, e);
        }
    }

    /** In a home that is full or read-only nothing can be kept. */
    private Path copyForThisRun(byte[] content, IOException why) {
        try {
            Path file = Files.createTempFile("cnn-" + id() + "-", ".zip");
            file.toFile().deleteOnExit();
            return Files.write(file, content);
        } catch (IOException e) {
            throw UserError.weights(
                    "cannot copy the model %s out of the program: %s; %s"
                            .formatted(id(), IoReason.of(why), IoReason.of(e)),
                    e);
        }
    }

    private byte[] content() {
        try (InputStream in = BundledModel.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file cannot be read", e);
        }
    }
}
