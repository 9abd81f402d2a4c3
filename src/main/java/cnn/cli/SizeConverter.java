package cnn.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 500M} or {@code 20G}: bytes, with K, M, G or T for powers of 1024. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([KMGT]?)");
    private static final String UNITS = "KMGT";

    @Override
    public Long convert(String value) {
        Matcher size = SIZE.matcher(value.toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException("'" + value + "' is no size; expected e.g. 500M or 20G");
        }
        int power = size.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(size.group(2));
        return Long.parseLong(size.group(1)) << (10 * power);
    }
}
