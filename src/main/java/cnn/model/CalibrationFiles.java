package cnn.model;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.PartFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the ranges of models lie that are in no model file.
 *
 * @param given the file that the user names, if one
 * @param folder of files that are named for the weights they belong to
 */
public record CalibrationFiles(Optional<Path> given, Path folder) {

    /** With the folder in the user's home. */
    public static CalibrationFiles inHome(Optional<Path> given) {
        return new CalibrationFiles(given, Path.of(System.getProperty("user.home"), ".cnn", "int8"));
    }

    /** The place of a model's ranges in the folder. */
    public Path place(Model model) {
        return folder.resolve(CalibratedWeights.of(model).key() + ".json");
    }

    /** Where kernels of 8 bits are kept that were made of a model's weights. */
    Path kernels(Model model) {
        return folder.resolve(CalibratedWeights.of(model).key() + ".kernels");
    }

    /**
     * The ranges of a model: those in its file, else those in the file that is given, else those in the folder.
     *
     * @param inside what the model's own file holds
     * @param request what the user named, for the message
     * @throws UserError of kind WEIGHTS if there are none, or those that are named belong to other weights
     */
    Calibrated find(Model model, Optional<CalibrationText> inside, ModelRequest request) {
        CalibratedWeights wanted = CalibratedWeights.of(model);
        Optional<CalibrationText> own = inside.filter(text -> given.isEmpty())
                .filter(text -> text.owner().difference(wanted).isEmpty());
        Path file = given.orElse(place(model));
        if (own.isEmpty() && given.isEmpty() && !Files.exists(file)) {
            throw UserError.weights("no int8 ranges for %s at %s; make them of a few hundred images: %s IMAGES"
                    .formatted(request.name(), model.input(), command(request)));
        }
        String place = own.isPresent() ? request.name() : file.toString();
        CalibrationText text = own.orElseGet(() -> read(file));
        text.owner().difference(wanted).ifPresent(difference -> {
            throw UserError.weights("%s holds int8 ranges for %s; make those of this model: %s IMAGES"
                    .formatted(place, difference, command(request)));
        });
        text.calibrated().check(model, place);
        return text.calibrated();
    }

    /**
     * Lets a place pass where ranges can be written, and makes its folder.
     *
     * @throws UserError of kind DATA if they cannot be
     */
    public static void requireWritable(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            PartFile.beside(file).close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Writes a model's ranges: under a temporary name beside their place, moved there when they are complete.
     *
     * @throws UserError of kind DATA if they cannot be written
     */
    public static void write(Path file, Model model, Calibrated calibrated) {
        String json = new CalibrationText(CalibratedWeights.of(model), calibrated).json();
        try (PartFile part = PartFile.beside(file)) {
            part.write(json.getBytes(StandardCharsets.UTF_8));
            part.channel().force(true);
            part.moveTo(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static UserError unwritable(Path file, IOException e) {
        return UserError.data(
                "cannot write the int8 ranges %s: %s; name another place with -o".formatted(file, IoReason.of(e)), e);
    }

    private static CalibrationText read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw UserError.weights("%s is no file of int8 ranges; cnn quantize -o makes one".formatted(file));
            }
            if (Files.size(file) > CalibrationText.LARGEST_BYTES) {
                throw UserError.weights("%s is too large for a file of int8 ranges".formatted(file));
            }
            return CalibrationText.parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw UserError.weights("cannot read the int8 ranges %s: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    private static String command(ModelRequest request) {
        StringBuilder words = new StringBuilder("cnn quantize -m ").append(request.name());
        request.weights().ifPresent(file -> words.append(" --weights ").append(file));
        if (request.randomWeights()) {
            words.append(" --weights none --seed ").append(request.seed());
        }
        request.inputSize().ifPresent(size -> words.append(" --input-size ")
                .append(size.height())
                .append('x')
                .append(size.width()));
        return words.toString();
    }
}
