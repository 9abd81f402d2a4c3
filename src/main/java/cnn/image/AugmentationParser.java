package cnn.image;

import cnn.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the spelling of an {@link Augmentation}. Used once. */
final class AugmentationParser {
    private static final String ACCEPTED = "flip, vflip, rotate:0.1 (of a turn), zoom:0.2, hshift:0.1, vshift:0.1, "
            + "shear:DEGREES, brightness:LO-HI, channel:LEVELS and fill:reflect|nearest|constant|wrap, each once, "
            + "separated by commas";
    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?|\\.\\d{1,9})";
    private static final Pattern AMOUNT = Pattern.compile(NUMBER);
    private static final Pattern RANGE = Pattern.compile(NUMBER + "-" + NUMBER);
    private static final double BRIGHTEST = 255;

    private final List<Augmentation.Amount> motions = new ArrayList<>();
    private final List<String> tidy = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private FillMode fill = FillMode.REFLECT;
    private double channelShift;
    private double least = 1;
    private double greatest = 1;

    Augmentation parse(String spec) {
        String plain = spec.strip().toLowerCase(Locale.ROOT);
        if (plain.isEmpty() || plain.equals("none")) {
            return Augmentation.NONE;
        }
        for (String word : plain.split(",", -1)) {
            read(word.strip());
        }
        String spelling = String.join(",", tidy) + ",fill:" + fill.name().toLowerCase(Locale.ROOT);
        return new Augmentation(motions, fill, new Colouring(channelShift, least, greatest), spelling);
    }

    private void read(String word) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        Optional<String> value = colon < 0 ? Optional.empty() : Optional.of(word.substring(colon + 1));
        switch (name) {
            case "channel" -> {
                channelShift = amount(word, value, BRIGHTEST, "levels from 0 to 255");
                tidy.add(name + ":" + tidy(value.orElseThrow()));
            }
            case "brightness" -> readBrightness(word, value.orElse(""));
            case "fill" -> readFill(word, value.orElse(""));
            default -> readMotion(word, name, value);
        }
        if (!seen.add(name)) {
            throw wrong(word, "comes after another '" + name + "'; give it once");
        }
    }

    private void readMotion(String word, String name, Optional<String> value) {
        Motion motion = Arrays.stream(Motion.values())
                .filter(candidate -> candidate.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(word, "is no augmentation; expected " + ACCEPTED));
        if (!motion.hasAmount() && value.isPresent()) {
            throw wrong(word, "takes no number; write " + name);
        }
        double amount = motion.hasAmount() ? amount(word, value, motion.most(), motion.accepted()) : 0;
        motions.add(new Augmentation.Amount(motion, amount));
        tidy.add(name + value.map(number -> ":" + tidy(number)).orElse(""));
    }

    private void readBrightness(String word, String value) {
        Matcher range = RANGE.matcher(value);
        if (!range.matches()
                || Double.parseDouble(range.group(1)) > Double.parseDouble(range.group(2))
                || Double.parseDouble(range.group(2)) > BRIGHTEST) {
            throw wrong(word, "needs two factors from 0 to 255, the lower first, e.g. brightness:0.8-1.2");
        }
        least = Double.parseDouble(range.group(1));
        greatest = Double.parseDouble(range.group(2));
        tidy.add("brightness:" + tidy(range.group(1)) + "-" + tidy(range.group(2)));
    }

    private void readFill(String word, String value) {
        for (FillMode mode : FillMode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
                fill = mode;
                return;
            }
        }
        throw wrong(word, "needs reflect, nearest, constant or wrap");
    }

    private static double amount(String word, Optional<String> value, double most, String accepted) {
        return value.filter(number -> AMOUNT.matcher(number).matches())
                .map(Double::parseDouble)
                .filter(number -> number <= most)
                .orElseThrow(() -> wrong(word, "needs " + accepted));
    }

    private static String tidy(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static UserError wrong(String word, String what) {
        return UserError.usage("--augment: '" + word + "' " + what);
    }
}
