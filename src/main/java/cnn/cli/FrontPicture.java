package cnn.cli;

import cnn.UserError;
import cnn.report.ReportSink;
import cnn.report.SpeedFront;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The file for a picture of accuracy against speed, opened before the long run. */
record FrontPicture(ReportSink sink, boolean svg) implements AutoCloseable {

    /** @throws UserError if the name is neither that of a PNG nor of an SVG, or the file cannot be written */
    static FrontPicture open(Path file, OutputStream standardOutput) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw UserError.usage("-o " + file + ": the picture is a PNG or an SVG; give it a name that says which");
        }
        return new FrontPicture(ReportSink.open(Optional.of(file), standardOutput), name.endsWith(".svg"));
    }

    /** Nothing is written where there is nothing to draw. */
    void write(SpeedFront front) {
        if (!front.isEmpty()) {
            sink.write(svg ? front.svg() : front.png());
            sink.commit();
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
