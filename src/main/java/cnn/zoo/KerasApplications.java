package cnn.zoo;

import cnn.weights.PublishedFile;
import cnn.weights.PublishedWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of the networks that Keras publishes weights for, besides their architectures; from the sources that the
 * resource {@code keras-applications.tsv} names.
 *
 * <p>ResNet50 has been published twice under one name: the files of 2015 and those of 2019, whose layers have other names
 * and another epsilon. For MobileNet no md5 is published.
 */
final class KerasApplications {
    private static final String RESOURCE = "keras-applications.tsv";
    private static final String BASE = "https://storage.googleapis.com/tensorflow/keras-applications/";
    private static final String NONE = "-";
    private static final List<String[]> ROWS = rows();

    private KerasApplications() {}

    /**
     * A network of the zoo, with the facts of the resource.
     *
     * @param name as the resource spells it
     * @param forms see {@link ZooModel}
     */
    static ZooModel of(String name, Architecture... forms) {
        String[] row = row(name);
        PublishedWeights weights = new PublishedWeights(
                file(row, 8), file(row, 11), percent(row[5]), percent(row[6]), row[7].equals(NONE) ? "" : row[7]);
        return new ZooModel(
                name,
                List.of(forms),
                Integer.parseInt(row[1]),
                Options.IMAGENET_CLASSES,
                preprocessing(row[2]),
                Optional.of(weights),
                UnaryOperator.identity());
    }

    /** The parameters that Keras's network of that name has, all of them or those of the layers below the top. */
    static long parameters(String name, boolean includeTop) {
        return Long.parseLong(row(name)[includeTop ? 3 : 4]);
    }

    private static String[] row(String name) {
        return ROWS.stream()
                .filter(columns -> columns[0].equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Keras publishes no " + name));
    }

    private static Preprocessing preprocessing(String word) {
        return word.equals("model") ? Preprocessing.RAW : Preprocessing.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Optional<Double> percent(String number) {
        return number.equals(NONE) ? Optional.empty() : Optional.of(Double.valueOf(number));
    }

    private static PublishedFile file(String[] row, int column) {
        String md5s = row[column + 2];
        return new PublishedFile(
                row[column],
                URI.create(BASE).resolve(row[column + 1]),
                md5s.equals(NONE) ? List.of() : Arrays.asList(md5s.split(",")));
    }

    private static List<String[]> rows() {
        try (InputStream in = KerasApplications.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file cannot be read", e);
        }
    }
}
