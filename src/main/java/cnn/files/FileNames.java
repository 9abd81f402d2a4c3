package cnn.files;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Names of files as text and back, whatever their bytes. To the system a name is bytes; where they are no UTF-8, Java's text
 * of it has lost them, and the file cannot be opened by it. Here each such byte is kept as a lone surrogate, U+DC80 for 0x80
 * to U+DCFF for 0xff, as in Python (PEP 383).
 */
public final class FileNames {
    private static final char FIRST_BYTE = '\udc80';
    private static final char LAST_BYTE = '\udcff';
    private static final char REPLACEMENT = '\ufffd';

    private static final boolean IS_UTF8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    private FileNames() {}

    /** The text of bytes. */
    public static String of(byte[] bytes) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = utf8.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (FIRST_BYTE - 0x80 + (in.get() & 0xff)));
            }
            result = utf8.reset().decode(in, out, true);
        }
        return out.flip().toString();
    }

    /** The text of a path. */
    public static String of(Path path) {
        String text = path.toString();
        if (isPlain(text)) {
            return text;
        }
        // A URI alone tells the bytes. It is that of the absolute path, and ends with a slash if a folder lies there.
        String all = of(unescaped(path.toUri().getRawPath()));
        String whole = all.length() > 1 && all.endsWith("/") ? all.substring(0, all.length() - 1) : all;
        if (path.isAbsolute()) {
            return whole;
        }
        String[] names = whole.split("/");
        int first = names.length - path.getNameCount();
        return String.join("/", Arrays.asList(names).subList(first, names.length));
    }

    /**
     * The path that a text means.
     *
     * @throws InvalidPathException if it holds a NUL
     */
    public static Path path(String text) {
        if (isPlain(text) || text.indexOf('\0') >= 0) {
            return Path.of(text);
        }
        Path absolute = Path.of(URI.create("file:///" + escaped(text)));
        return text.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    }

    /** The text with bytes that are no UTF-8 as {@code \xff}. */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(FileNames::isByte)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .forEach(c -> visible.append(isByte(c) ? "\\x%02x".formatted(c & 0xff) : Character.toString(c)));
        return visible.toString();
    }

    /** Each text as {@link #visible(String)}. */
    public static List<String> visible(List<String> texts) {
        return texts.stream().map(FileNames::visible).toList();
    }

    /** Every byte but the slash as {@code %FF}. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isByte(c)) {
                escaped.append("%%%02X".formatted(c & 0xff));
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append(b == '/' ? "/" : "%%%02X".formatted(b));
                }
            }
        });
        return escaped.toString();
    }

    private static byte[] unescaped(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                bytes.write(Integer.parseInt(path, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(path.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** Whether Java's own text of a path is all there is to it: in a locale that is not UTF-8 this is ASCII only. */
    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(c -> c < 0x80 || (IS_UTF8 && c != REPLACEMENT && !isByte(c)));
    }

    /** Whether this stands for a byte: as one of {@link String#codePoints}, since pairs of surrogates hold such halves. */
    private static boolean isByte(int codePoint) {
        return codePoint >= FIRST_BYTE && codePoint <= LAST_BYTE;
    }
}
