package cnn.cli;

import cnn.model.ModelRequest.InputSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 200} for a square, {@code 640x480} for height by width. */
final class InputSizeConverter implements ITypeConverter<InputSize> {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})(?:x([1-9]\\d{0,4}))?");

    @Override
    public InputSize convert(String value) {
        Matcher size = SIZE.matcher(value);
        if (!size.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is no size; expected N or HEIGHTxWIDTH in pixels, e.g. 224");
        }
        int height = Integer.parseInt(size.group(1));
        return new InputSize(height, size.group(2) == null ? height : Integer.parseInt(size.group(2)));
    }
}
