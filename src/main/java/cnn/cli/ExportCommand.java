package cnn.cli;

import cnn.keras.WholeModelFile;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.model.Part;
import cnn.report.ReportSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn export}: a model for other programs. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Write a model as a file of another program.",
            "",
            "h5: architecture and weights in one HDF5 file, as Keras 2's model.save() writes it; "
                    + "keras.models.load_model() of Keras 2 and 3 reads it, and so does --weights here, with the same "
                    + "answers bit for bit. What is not in it: the names of the classes, how images are resized, and how they are "
                    + "scaled, which is as the base's weights want it (Keras's preprocess_input); so name the base "
                    + "with -m where you use the file here.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn export pets.zip --to h5 -o pets.h5",
            "  cnn export mobilenet-0.75 --to h5 -o mobilenet.h5",
            "  cnn classify -m mobilenet-0.75 --weights pets.h5 photos/",
            ""
        })
final class ExportCommand implements Callable<Integer>, Writing {

    /** The formats there are. */
    enum Target {
        H5
    }

    private final Main.Streams streams;

    @Mixin
    private ModelName model;

    @Option(names = "--to", paramLabel = "h5", required = true, description = "The format.")
    private Target target;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "A file of Keras's in the place of the published weights; for a trained model, those of its base.")
    private Path weights;

    @Option(
            names = "--input-size",
            paramLabel = "N|HxW",
            converter = InputSizeConverter.class,
            description = "Another input size, where the network allows it.")
    private ModelRequest.InputSize inputSize;

    @Mixin
    private KerasOptions keras;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    ExportCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public List<Path> outputs() {
        return List.of(output);
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        ModelRequest request = ModelOptions.request(
                Optional.of(model.required()),
                Optional.ofNullable(weights).map(Path::toString),
                0,
                Optional.ofNullable(inputSize),
                keras);
        overwrite.check(outputs());
        try (ReportSink sink = ReportSink.open(Optional.of(output), streams.out());
                Model found = new Models(store.open(talk)).open(request, Part.WHOLE)) {
            switch (target) {
                case H5 -> WholeModelFile.write(found.network(), found.weights(), sink::write);
            }
            sink.commit();
            talk.clear();
            return 0;
        }
    }
}
