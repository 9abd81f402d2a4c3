package cnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cnn.image.ImageException.Code;
import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files that promise much are refused before memory or time is spent on them; large blank ones are read. */
class BoundedDecodingTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS, false);
    private static final int SIDE = 14_000;

    @Test
    void refusesAGifFrameThatItsDataCannotFill() {
        assertFails(gif(SIDE, SIDE, SIDE, SIDE), "truncated GIF image: 7 bytes do not hold 14000x14000 pixels");
    }

    @Test
    void givesTheScreenOfAGifWhoseFrameIsSmall() throws Exception {
        Pixels screen = DECODER.decode(gif(300, 200, 1, 1));
        assertThat(screen.width()).isEqualTo(300);
        assertThat(screen.rgb()).startsWith(9, 8, 7).endsWith(9, 8, 7).containsOnly(9, 8, 7);
    }

    @Test
    void refusesAPngThatItsDataCannotFill() {
        byte[] png = TestImages.png(SIDE, SIDE, 8, 2, new byte[100]);
        assertFails(png, "truncated PNG image: ", " bytes do not hold 14000x14000 pixels");
    }

    @Test
    void refusesABmpThatItsDataCannotFill() throws Exception {
        byte[] bmp = TestImages.encoded("bmp", 10, 10);
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, SIDE).putInt(22, -SIDE);
        assertFails(bmp, "truncated BMP image: 374 bytes do not hold 14000x14000 pixels");
    }

    @Test
    void refusesALossyWebpOfManyPixelsInFewBytes() {
        ByteBuffer webp = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(92);
        webp.put("WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)).putInt(80);
        webp.put(new byte[] {0x10, 0, 0, (byte) 0x9d, 1, 0x2a})
                .putShort((short) SIDE)
                .putShort((short) SIDE);
        assertThatThrownBy(() -> DECODER.decode(webp.array()))
                .isInstanceOfSatisfying(ImageException.class, refused -> assertThat(refused.code())
                        .isEqualTo(Code.TOO_LARGE))
                .hasMessage("declares 14000x14000 pixels in 80 bytes, more than the limit of 50004000 for so few");
    }

    @Test
    void refusesATiffThatItsDataCannotFill() {
        byte[] tiff = TestTiff.of(SIDE, SIDE, 8, 1, new byte[100]);
        assertFails(tiff, "truncated TIFF image: ", " bytes do not hold 14000x14000 pixels");
    }

    @Test
    void refusesAJpegThatItsDataCannotFill() throws Exception {
        byte[] jpeg = TestImages.encoded("jpeg", 16, 16);
        for (int at = 0; at + 8 < jpeg.length; at++) {
            if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) 0xc0) {
                ByteBuffer.wrap(jpeg).putShort(at + 5, (short) SIDE).putShort(at + 7, (short) SIDE);
            }
        }
        assertFails(jpeg, "truncated JPEG image: ", " bytes do not hold 14000x14000 pixels");
    }

    @Test
    void countsTheScansOfAJpegBeforeDecoding() throws Exception {
        byte[] progressive = progressive(64, 64);
        assertThat(DECODER.decode(progressive).width()).isEqualTo(64);
        byte[] many = withScans(progressive, 501);
        assertFails(many, "JPEG data with ", " scans, more than the limit of 500");
        byte[] large = withScans(progressive(4000, 4000), 400);
        assertFails(large, "JPEG data with ", " take too long to decode");
    }

    @Test
    void readsBlankPagesThatAreCompressedAThousandfold() throws Exception {
        int width = 2480;
        int height = 3508;
        byte[] grey = new byte[width * height];
        Arrays.fill(grey, (byte) 0xff);
        grey[width * 100 + 7] = 0;
        Pixels page = DECODER.decode(TestTiff.of(width, height, 8, 8, TestImages.deflated(grey)));
        assertThat(page.rgb()).hasSize(3 * grey.length);
        for (int i = 0; i < grey.length; i++) {
            if (page.rgb()[3 * i] != grey[i]) {
                throw new AssertionError("pixel " + i);
            }
        }
        // T.6: a white line like the one above is the single bit 1.
        byte[] lines = new byte[height / 8 + 1];
        Arrays.fill(lines, (byte) 0xff);
        Pixels fax = DECODER.decode(TestTiff.of(width, height, 1, 4, lines));
        assertThat(fax.rgb()).hasSize(3 * grey.length).containsOnly(0xff);
    }

    @Test
    void inflatesNoneOfThePiecesThatMakeNoPixels() throws Exception {
        byte[] png = TestImages.png(2, 2, 8, 2, new byte[14]);
        byte[] bomb = TestImages.deflated(new byte[50_000_000]);
        for (String type : new String[] {"iCCP", "zTXt", "iTXt"}) {
            byte[] name = "x\0\0".getBytes(StandardCharsets.US_ASCII);
            byte[] data =
                    ByteBuffer.allocate(3 + bomb.length).put(name).put(bomb).array();
            assertThat(DECODER.decode(TestImages.withChunk(png, type, data)).rgb())
                    .hasSize(12);
        }
    }

    /** RGB of 16 bits, RGB with alpha and grey with alpha, which the JDK's reader would keep before they are made RGB. */
    @ParameterizedTest
    @CsvSource({"16,2,6", "16,6,8", "8,6,4", "16,4,4"})
    void keepsNothingOfAPngBesidesItsResult(int bits, int colourType, int bytesPerPixel) throws Exception {
        byte[] lines = new byte[1000 * (1 + 1000 * bytesPerPixel)];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = (byte) (i % (1 + 1000 * bytesPerPixel) == 0 ? 0 : i * 7);
        }
        byte[] png = TestImages.png(1000, 1000, bits, colourType, lines);
        assertThat(allocated(png)).isLessThan(3_000_000 + 3L * png.length + 500_000);
    }

    /** Four bytes of a pixel as they are stored, and three of the result. */
    @Test
    void keepsInksOfATiffOnce() throws Exception {
        byte[] tiff = TestTiff.cmyk(1000, 1000, TestImages.deflated(new byte[4_000_000]));
        assertThat(DECODER.decode(tiff).rgb()).containsOnly(255);
        assertThat(allocated(tiff)).isBetween(7_000_000L, 8_500_000L);
    }

    /** The bytes that this thread takes to decode an image, when it does so the second time. */
    private static long allocated(byte[] image) throws ImageException {
        DECODER.decode(image);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        DECODER.decode(image);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void sharesTheMemoryAmongThreads() throws Exception {
        DecodingMemory memory = new DecodingMemory(100 * 1024);
        AtomicInteger underway = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            long bytes = i == 3 ? Long.MAX_VALUE : 40 * 1024;
            new Thread(() -> {
                        try (DecodingMemory.Share share = memory.share()) {
                            share.take(bytes);
                            most.accumulateAndGet(underway.incrementAndGet(), Math::max);
                            Thread.yield();
                            underway.decrementAndGet();
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    private static void assertFails(byte[] image, String... parts) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> DECODER.decode(image))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.code()).isEqualTo(Code.UNREADABLE_IMAGE))
                .hasMessageContainingAll(parts));
    }

    /** A GIF of one frame whose data end at once. */
    private static byte[] gif(int screenWidth, int screenHeight, int width, int height) {
        ByteBuffer out = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        out.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) screenWidth).putShort((short) screenHeight).put((byte) 0x80);
        out.put(new byte[] {0, 0, 9, 8, 7, 1, 1, 1, 0x2c}).putInt(0);
        out.putShort((short) width).putShort((short) height);
        out.put(new byte[] {0, 2, 2, 0x44, 1, 0, 0x3b, 0});
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] progressive(int width, int height) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.setOutput(ImageIO.createImageOutputStream(out));
        writer.write(
                null, new IIOImage(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), null, null), param);
        ((ImageOutputStream) writer.getOutput()).flush();
        writer.dispose();
        return out.toByteArray();
    }

    /** A JPEG whose last scan is there so many times more. */
    private static byte[] withScans(byte[] jpeg, int more) {
        int last = jpeg.length - 2;
        while (jpeg[last] != (byte) 0xff || jpeg[last + 1] != (byte) 0xda) {
            last--;
        }
        int bytes = jpeg.length - 2 - last;
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + more * bytes).put(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < more; i++) {
            out.put(jpeg, last, bytes);
        }
        return out.put(jpeg, jpeg.length - 2, 2).array();
    }
}
