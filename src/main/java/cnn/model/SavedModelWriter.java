package cnn.model;

import cnn.IoReason;
import cnn.UserError;
import cnn.confidence.Novelty;
import cnn.dl4j.Coefficients;
import cnn.dl4j.PlainGraph;
import cnn.files.PartFile;
import cnn.json.Json;
import cnn.model.SavedModelText.Digests;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.UnsupportedLayerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the files that {@link SavedModelFile} reads. */
final class SavedModelWriter {

    private SavedModelWriter() {}

    /** See {@link SavedModelFile#write(Path, SavedModel, Weights, Optional, Optional)}. */
    static void write(
            Path file, SavedModel model, Weights tail, Optional<Calibrated> calibrated, Optional<Novelty> novelty) {
        try (PartFile part = PartFile.beside(file)) {
            StoredZipWriter zip = new StoredZipWriter(part.channel());
            Map<String, Digests> entries = new LinkedHashMap<>();
            Optional<String> kerasOrderOnly = writeWeights(zip, entries, model, tail);
            String tailSha256 = KerasOrder.sha256(model.tail(), tail);
            if (calibrated.isPresent()) {
                CalibratedWeights owner = CalibratedWeights.of(SavedModelFile.identity(model, tailSha256), model);
                writeText(
                        zip, entries, SavedModelFile.CALIBRATION, new CalibrationText(owner, calibrated.get()).json());
            }
            if (novelty.isPresent()) {
                writeText(
                        zip,
                        entries,
                        SavedModelFile.NOVELTY,
                        Json.text(novelty.get().fields()) + "\n");
            }
            SavedModelText text = new SavedModelText(model, tailSha256, kerasOrderOnly, entries);
            zip.add(SavedModelFile.DESCRIPTION, out -> out.write(text.json().getBytes(StandardCharsets.UTF_8)));
            zip.end();
            part.moveTo(file);
        } catch (IOException e) {
            throw UserError.data("cannot write the model %s: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    private static void writeText(StoredZipWriter zip, Map<String, Digests> entries, String name, String text)
            throws IOException {
        entries.put(name, Digests.of(zip.add(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)))));
    }

    /** Writes the weights once, and returns why Deeplearning4j cannot restore them, if it cannot. */
    private static Optional<String> writeWeights(
            StoredZipWriter zip, Map<String, Digests> entries, SavedModel model, Weights tail) throws IOException {
        Network network = model.tail();
        byte[] configuration;
        try {
            configuration = PlainGraph.of(network, model.training().seed()).json();
        } catch (UnsupportedLayerException e) {
            entries.put(
                    SavedModelFile.WEIGHTS,
                    Digests.of(zip.add(SavedModelFile.WEIGHTS, out -> KerasOrder.write(network, tail, out))));
            return Optional.of(e.getMessage());
        }
        entries.put(
                SavedModelFile.COEFFICIENTS,
                Digests.of(zip.add(SavedModelFile.COEFFICIENTS, out -> Coefficients.write(network, tail, out))));
        entries.put(
                SavedModelFile.CONFIGURATION,
                Digests.of(zip.add(SavedModelFile.CONFIGURATION, out -> out.write(configuration))));
        return Optional.empty();
    }
}
