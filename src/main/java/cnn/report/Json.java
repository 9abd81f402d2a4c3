package cnn.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON whose strings are exact, and hold no character as it is that {@link OneLine} hides: those are {@code \}{@code u} escapes. */
final class Json {
    static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(new Hidden()).build();

    private static final JSON PLAIN =
            JSON.builder(FACTORY).enable(JSON.Feature.WRITE_NULL_PROPERTIES).build();

    private Json() {}

    /** A value as a line without its end: maps with their fields in order, lists, texts, numbers, truth values and null. */
    static String text(Object value) {
        try {
            return PLAIN.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
    }

    private static final class Hidden extends CharacterEscapes {
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
            return OneLine.isHidden(c) ? new SerializedString("\\u%04X".formatted(c)) : null;
        }
    }
}
