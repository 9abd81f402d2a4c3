package cnn.cli;

import cnn.data.OutputFiles;
import cnn.weights.FetchListener;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where weight files are looked for. */
final class StoreOptions {

    @Option(
            names = "--models-dir",
            paramLabel = "DIR",
            description = "Where weight files are looked for first (or environment CNN_MODELS); "
                    + "then ~/.cnn/models, then ~/.keras/models.")
    private Path modelsDir;

    @Option(names = "--offline", description = "Never download weights (or environment CNN_OFFLINE=1).")
    private boolean offline;

    private OutputFiles outputs = OutputFiles.of(List.of());

    /** Weights that are found are held against what the command is going to write. */
    void apartFrom(OutputFiles written) {
        outputs = written;
    }

    /** These options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (modelsDir != null) {
            words.addAll(List.of("--models-dir", modelsDir.toString()));
        }
        if (offline) {
            words.add("--offline");
        }
        return words;
    }

    WeightStore open(FetchListener listener) {
        Path home = Path.of(System.getProperty("user.home"));
        return WeightStore.of(
                        Optional.ofNullable(modelsDir),
                        offline,
                        System.getenv(),
                        home,
                        Zoo.publishedWeights(),
                        listener)
                .telling(outputs::refuse);
    }
}
