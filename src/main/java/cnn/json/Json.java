package cnn.json;

import cnn.Invisible;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON from values and back: maps with their fields in order, lists, arrays of floats, texts, numbers, truth values and null.
 * Strings are exact, and hold no {@link Invisible} character as it is: those are {@code \}{@code u} escapes.
 */
public final class Json {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(new Escapes()).build();

    private Json() {}

    /** A number that is to be written with just these digits. */
    public record Digits(String text) {}

    /** A value as a line without its end. */
    public static String text(Object value) {
        return text(value, false);
    }

    /** A value on many lines, without the last one's end. */
    public static String indented(Object value) {
        return text(value, true);
    }

    /**
     * The value that a text holds.
     *
     * @throws NotJsonException if it is not JSON
     */
    public static Object parse(String text) throws NotJsonException {
        try {
            return JSON.std.anyFrom(text);
        } catch (JacksonException e) {
            throw new NotJsonException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
    }

    private static String text(Object value, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            if (indented) {
                json.useDefaultPrettyPrinter();
            }
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                json.writeFieldName((String) field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof float[] numbers) {
            json.writeStartArray();
            for (float number : numbers) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        } else if (value instanceof Digits digits) {
            json.writeNumber(digits.text());
        } else {
            json.writePOJO(value);
        }
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[0x7f] = ESCAPE_STANDARD;
            return codes;
        }

        /** Both halves of a character beyond the first 65,536 come one by one, and are escaped. */
        @Override
        public SerializableString getEscapeSequence(int c) {
            return Invisible.is(c) ? new SerializedString("\\u%04X".formatted(c)) : null;
        }
    }
}
