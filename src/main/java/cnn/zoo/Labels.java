package cnn.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The classes that a network's outputs stand for, in the order of the outputs. */
public record Labels(List<Label> labels) {

    /**
     * @param id of the class; for ImageNet the WordNet synset
     * @param name for people
     */
    public record Label(String id, String name) {}

    public Labels {
        labels = List.copyOf(labels);
    }

    /** The 1,000 classes of ImageNet's challenge of 2012. */
    public static Labels imageNet() {
        try (InputStream resource = Labels.class.getResourceAsStream("imagenet-classes.tsv")) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new Labels(text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(fields -> new Label(fields[0], fields[1]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names for the classes of so many outputs where nothing says them: ImageNet's if they are as many; one output tells two apart. */
    public static Labels of(int outputs) {
        return outputs == Options.IMAGENET_CLASSES ? imageNet() : numbered(Math.max(2, outputs));
    }

    /** Names for outputs of which nothing is known: class_0, class_1 and so on. */
    public static Labels numbered(int classes) {
        return new Labels(IntStream.range(0, classes)
                .mapToObj(i -> new Label("class_" + i, "class_" + i))
                .toList());
    }

    /** Whether nothing is known but how many there are. */
    public boolean areNumbered() {
        return equals(numbered(size()));
    }

    public int size() {
        return labels.size();
    }
}
