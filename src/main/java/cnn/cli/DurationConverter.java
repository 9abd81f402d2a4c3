package cnn.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 10m} or {@code 1h}: a time; a number alone is seconds. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("0*([1-9]\\d{0,5})([smh]?)");

    @Override
    public Duration convert(String value) {
        Matcher time = TIME.matcher(value.toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            throw new TypeConversionException("'" + value + "' is no time; expected e.g. 90s, 10m or 1h");
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofSeconds(count);
        };
    }
}
