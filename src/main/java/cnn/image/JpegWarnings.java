package cnn.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Tells the warnings of libjpeg after which it makes up pixels from the harmless ones. */
final class JpegWarnings implements IIOReadWarningListener {
    private boolean torn;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        // The JDK's words for the end of the file, and JWRN_HIT_MARKER of libjpeg's jerror.h for the end of a scan.
        if (warning.contains("Truncated File") || warning.contains("premature end of data segment")) {
            torn = true;
            // What follows would be made up, and of a large picture that takes long.
            source.abort();
        }
    }

    /** Whether data ran out while lines were missing. */
    boolean torn() {
        return torn;
    }
}
