package cnn.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether {@link TurboJpeg} decodes, or the JDK's reader.
 *
 * <p>Where the JDK's own libjpeg is libjpeg-turbo, both give the same bytes of any file, damaged or not, and little is
 * gained; as the library takes as long to load as some pictures to decode, it comes after these.
 *
 * <p>Where it is the older libjpeg, {@link TurboJpeg} takes less than half the time, but gives other pixels of some damaged
 * files. An answer must not depend on how many pictures stand before it, nor may a feature in the cache; so there it decodes
 * only where it is asked to.
 *
 * <p>{@code -Dcnn.jpeg=jdk} leaves all to the JDK's reader, {@code -Dcnn.jpeg=turbo} none that need not be.
 */
final class TurboChoice {
    private static final int PICTURES_BEFORE_IT_PAYS = 2000;
    private static final boolean SHORT_RUN = Boolean.getBoolean("cnn.short");
    private static final String WANTED = System.getProperty("cnn.jpeg", "");

    /** A picture of 40x24 in 4:2:0, full of noise. */
    private static final String PROBE =
            "/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBD"
                    + "ARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAYACgD"
                    + "ASIAAhEBAxEB/8QAGAAAAwEBAAAAAAAAAAAAAAAAAAMEBQb/xAAjEAABBAEEAwADAAAAAAAAAAABAAIRIQMEMUFhEiJRE3Gh/8QA"
                    + "GQEAAwADAAAAAAAAAAAAAAAAAgMFAQQG/8QAHxEAAgEEAgMAAAAAAAAAAAAAAQIAAxEhMQRxEhPB/9oADAMBAAIRAxEAPwDl2YCB"
                    + "sD2OFRjwF0AAiP6rWYBRgA3NbqlmlLoJaAOSY6WKY84pORM/Hpp7i4+p7NLMSYJv9K8Yg31c2eYOyaMTnGYIn5XSNvUhtsyjS5Eh"
                    + "GkLR35RJpC02adjSJFHhCAso2oHZm8vIxuJx6UFt7g/NuFR+DxZIaPY1W1IQkU3ZaJYbnFI5vHY9JVjs0N05mFzi5rWwD0hCBiUC"
                    + "quLyjRcncbjwAC2235whCEksQxVcAdfZSQm2Z//Z";

    private static final AtomicInteger SEEN = new AtomicInteger();

    private TurboChoice() {}

    /** R G B of a picture, if it is not for the JDK's reader. */
    static Optional<byte[]> rgb(JpegHeader header) throws IOException, ImageException {
        return isDue() && TurboJpeg.takes(header) && Proof.SAME_BYTES ? TurboJpeg.rgb(header) : Optional.empty();
    }

    private static boolean isDue() {
        if (SHORT_RUN || !WANTED.isEmpty()) {
            return WANTED.equals("turbo");
        }
        if (ChromaRows.areRepeatedByReader()) {
            return false;
        }
        if (SEEN.get() >= PICTURES_BEFORE_IT_PAYS) {
            return true;
        }
        SEEN.incrementAndGet();
        return false;
    }

    private static final class Proof {
        static final boolean SAME_BYTES = TurboJpeg.isInstalled() && same();

        private static boolean same() {
            try {
                JpegHeader header = JpegHeader.parse(Base64.getDecoder().decode(PROBE));
                byte[] expected = JpegDecoder.converted(header);
                return TurboJpeg.rgb(header)
                        .filter(rgb -> Arrays.equals(rgb, expected))
                        .isPresent();
            } catch (IOException | ImageException e) {
                throw new IllegalStateException("the picture in this class can be read", e);
            }
        }
    }
}
