package cnn.image;

import java.io.IOException;

/** Decodes WebP. */
final class WebpDecoder {
    private WebpDecoder() {}

    static Pixels decode(byte[] encoded, PixelLimit limit) throws IOException, ImageException {
        return PluginDecoder.decode(ImageFormat.WEBP, encoded, limit);
    }
}
