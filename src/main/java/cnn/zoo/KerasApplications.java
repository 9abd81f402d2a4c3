package cnn.zoo;

import cnn.weights.PublishedFile;
import cnn.weights.PublishedWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of the networks that Keras publishes weights for, besides their architectures; from the sources that the
 * resource {@code keras-applications.tsv} names.
 *
 * <p>ResNet50 has been published twice under one file name: in 2015 and in 2019, whose layers have other names and another
 * epsilon. The name alone means either, told by its content, so a file of 2015 that lies under Keras's name is taken;
 * {@code resnet50@2015} has a file name of its own. MobileNet and MobileNetV2 were trained at several input sizes.
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
     * @param forms see {@link ZooModel}; where there are several and as many published files, one for each of these
     */
    static ZooModel of(String name, Architecture... forms) {
        List<String[]> rows = rows(name);
        boolean oneFormEach = rows.size() == forms.length;
        Map<String, ZooModel> editions = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            List<Architecture> ofEdition = oneFormEach ? List.of(forms[i]) : List.of(forms);
            String editionName = i == 0 ? name : name + "@" + row[1];
            if (!row[1].equals(NONE)) {
                editions.put(
                        row[1], model(editionName, row, ofEdition, published(row, List.<String[]>of(row)), Map.of()));
            }
        }
        return model(name, rows.get(0), List.of(forms), published(rows.get(0), rows), editions);
    }

    private static ZooModel model(
            String name,
            String[] row,
            List<Architecture> forms,
            PublishedWeights published,
            Map<String, ZooModel> editions) {
        return new ZooModel(
                name,
                forms,
                Integer.parseInt(row[2]),
                Options.IMAGENET_CLASSES,
                preprocessing(row[3]),
                Optional.of(published),
                UnaryOperator.identity(),
                editions);
    }

    /** The parameters that Keras's network of that name has, all of them or those of the layers below the top. */
    static long parameters(String name, boolean includeTop) {
        return Long.parseLong(rows(name).get(0)[includeTop ? 4 : 5]);
    }

    /** The multiply-adds of a network for one image of the size that its weights were trained on. */
    static long multiplyAdds(String name, int inputSize) {
        return rows(name).stream()
                .filter(row -> Integer.parseInt(row[2]) == inputSize)
                .mapToLong(row -> Long.parseLong(row[6]))
                .findFirst()
                .orElseThrow();
    }

    /** Of a network, whichever of its weights the name means. */
    private static List<String[]> rows(String name) {
        String network = name.replaceFirst("@.*", "");
        List<String[]> rows =
                ROWS.stream().filter(columns -> columns[0].equals(network)).toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("Keras publishes no " + name);
        }
        return rows;
    }

    private static Preprocessing preprocessing(String word) {
        return word.equals("model") ? Preprocessing.RAW : Preprocessing.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** @param editions of the network, which may bear one file name */
    private static PublishedWeights published(String[] row, List<String[]> editions) {
        return new PublishedWeights(
                file(row, editions, 10),
                file(row, editions, 13),
                percent(row[7]),
                percent(row[8]),
                row[9].equals(NONE) ? "" : row[9]);
    }

    private static Optional<Double> percent(String number) {
        return number.equals(NONE) ? Optional.empty() : Optional.of(Double.valueOf(number));
    }

    private static PublishedFile file(String[] row, List<String[]> editions, int column) {
        List<String> hashes = new ArrayList<>();
        for (String[] edition : editions) {
            boolean sameName = fileName(edition[column + 1]).equals(fileName(row[column + 1]));
            if (sameName && !edition[column + 2].equals(NONE)) {
                hashes.add(edition[column + 2]);
            }
        }
        return new PublishedFile(row[column], URI.create(BASE).resolve(row[column + 1]), hashes);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
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
