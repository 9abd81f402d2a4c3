package cnn.report;

import java.util.Locale;

/** How many images, in words. */
public final class ImageCount {

    private ImageCount() {}

    public static String of(long images) {
        return String.format(Locale.ROOT, images == 1 ? "%,d image" : "%,d images", images);
    }
}
