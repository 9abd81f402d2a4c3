package cnn.cli;

import cnn.golden.Npy;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import picocli.CommandLine;

/**
 * A training that real Keras did and recorded; see ../shared/keras-files/training/README.md.
 *
 * @param json what the case's file says
 */
record KerasTraining(Path folder, Map<String, Object> json) {

    static KerasTraining read(Path folder, String name) throws IOException {
        return new KerasTraining(
                folder, JSON.std.mapFrom(folder.resolve(name + ".json").toFile()));
    }

    String name() {
        return (String) json.get("name");
    }

    Path initial() {
        return folder.resolve((String) json.get("initial"));
    }

    int epochs() {
        return (Integer) json.get("epochs");
    }

    int batchSize() {
        return (Integer) json.get("batch_size");
    }

    boolean ofPictures() {
        return name().startsWith("conv") || name().startsWith("finetune");
    }

    float[] inputs() throws IOException {
        return array(ofPictures() ? "IM.npy" : "X.npy");
    }

    int[] targets() throws IOException {
        boolean binary = name().startsWith("head_bin");
        float[] rows = array(ofPictures() ? "Yi.npy" : binary ? "Yb.npy" : "Yc.npy");
        int classes = binary ? 1 : 3;
        int[] targets = new int[rows.length / classes];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == 1) {
                targets[i / classes] = binary ? 1 : i % classes;
            }
        }
        return targets;
    }

    /** What a sample of a class weighs. */
    float weight(int target) {
        Object weights = ((Map<?, ?>) json.get("fit")).get("class_weight");
        return weights == null ? 1 : number(((Map<?, ?>) weights).get(String.valueOf(target)));
    }

    double labelSmoothing() {
        return json.get("loss") instanceof Map<?, ?> loss ? number(loss.get("label_smoothing")) : 0;
    }

    /** What Keras says of its optimizer. */
    Map<?, ?> optimizer() {
        return (Map<?, ?>) json.get("optimizer");
    }

    /** The options of the command line that say the same. */
    GradientOptions options() {
        List<String> words = new ArrayList<>();
        words.add("--optimizer=" + ((String) optimizer().get("type")).toLowerCase(Locale.ROOT));
        // Where Keras names a schedule in place of a rate, it is in the model's file.
        words.add("--learning-rate="
                + (optimizer().containsKey("learning_rate") ? optimizer().get("learning_rate") : 0.1));
        if (name().equals("head_bin_sgd_cosine")) {
            words.add("--schedule=cosine");
        }
        for (String option : List.of("momentum", "weight_decay", "clipnorm")) {
            if (optimizer().get(option) != null) {
                words.add("--" + option.replace('_', '-') + "=" + optimizer().get(option));
            }
        }
        for (String option : List.of("nesterov", "amsgrad", "centered")) {
            if (Boolean.TRUE.equals(optimizer().get(option))) {
                words.add("--" + option);
            }
        }
        words.add("--label-smoothing=" + labelSmoothing());
        GradientOptions options = new GradientOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words.toArray(String[]::new));
        return options;
    }

    double[] stepLosses() {
        return numbers(((List<?>) json.get("step_loss"))
                .stream().flatMap(epoch -> ((List<?>) epoch).stream()).toList());
    }

    /** Loss and accuracy on all samples in the end. */
    double[] finalEvaluation() {
        return numbers((List<?>) json.get("final_eval"));
    }

    /** What the network gave for all samples in the end. */
    float[] prediction() throws IOException {
        try (ZipFile zip = arrays()) {
            return entry(zip, zip.getEntry("prediction.npy"));
        }
    }

    /** A layer's weights in the end, in Keras's order. */
    List<float[]> last(String layer) throws IOException {
        Map<String, float[]> found = new TreeMap<>();
        try (ZipFile zip = arrays()) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String[] path = entry.getName().split("\\|");
                if (path[0].equals("final") && path[path.length - 2].equals(layer)) {
                    found.put(path[1], entry(zip, entry));
                }
            }
        }
        return List.copyOf(found.values());
    }

    static float number(Object json) {
        return ((Number) json).floatValue();
    }

    private ZipFile arrays() throws IOException {
        return new ZipFile(folder.resolve(name() + ".npz").toFile());
    }

    private static float[] entry(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return Npy.floats(in.readAllBytes());
        }
    }

    private float[] array(String file) throws IOException {
        return Npy.floats(Files.readAllBytes(folder.resolve(file)));
    }

    private static double[] numbers(List<?> json) {
        return json.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
    }
}
