package cnn.cli;

import cnn.UserError;
import cnn.model.KerasExport;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.report.ReportSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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
            "keras: a .keras file of Keras 3, which keras.models.load_model() of 3.3 and later reads. The pixels are scaled "
                    + "inside, by a layer Rescaling or Normalization: it takes images from 0 to 255.",
            "h5: architecture and weights in one HDF5 file, as model.save(\"m.h5\") writes it. The pixels are scaled "
                    + "outside, as by Keras's preprocess_input. Keras 2 reads it too where no model is nested in it.",
            "",
            "What was trained on a base is a model within a model, as Keras's guide to transfer learning builds it; what was "
                    + "frozen stays frozen, and it is compiled, so that fit() goes on. Names of classes, the scaling and "
                    + "how pictures were read are in the file; used here again it gives the same answers bit for bit. Keras does "
                    + "not look at the last: its load_img and image_dataset_from_directory take the same by their arguments. "
                    + "A calibration is not in it.",
            "A file that Keras saved is converted, its pixels scaled where they were.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn export pets.zip --to keras -o pets.keras",
            "  cnn export pets.zip -o pets.h5                   the format by the suffix",
            "  cnn export mobilenet-0.75 --bare -o mobilenet.keras",
            "  cnn export old-model.h5 -o model.keras           what Keras saved",
            "  cnn classify -m pets.keras photos/",
            ""
        })
final class ExportCommand implements Callable<Integer>, Writing {

    private final Main.Streams streams;

    @Mixin
    private ModelName model;

    @Option(names = "--to", paramLabel = "keras|h5", description = "The format. Default: by the suffix of -o.")
    private KerasExport.Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write.")
    private Path output;

    @ArgGroup
    private Place place;

    /** Where pixels are scaled. */
    private static final class Place {
        @Option(names = "--with-scaling", description = "The model scales pixels itself. Default of keras.")
        private boolean inside;

        @Option(names = "--bare", description = "Pixels are scaled before. Default of h5, and of what Keras saved.")
        private boolean bare;

        boolean isInside() {
            return inside && !bare;
        }
    }

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
        KerasExport.Format to = format();
        overwrite.check(outputs());
        try (ReportSink sink = ReportSink.open(Optional.of(output), streams.out());
                KerasExport export = new Models(store.open(talk)).export(request)) {
            export.write(to, Optional.ofNullable(place).map(Place::isInside), sink::write);
            sink.commit();
            talk.clear();
            export.leftOut().ifPresent(talk::note);
            return 0;
        }
    }

    private KerasExport.Format format() {
        if (format != null) {
            return format;
        }
        String name = output.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".keras")) {
            return KerasExport.Format.KERAS;
        }
        if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
            return KerasExport.Format.H5;
        }
        throw UserError.usage("%s: the suffix tells no format; say --to keras or --to h5".formatted(output));
    }
}
