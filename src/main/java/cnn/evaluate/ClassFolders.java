package cnn.evaluate;

import cnn.UserError;
import cnn.zoo.EditDistance;
import cnn.zoo.Labels;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which class of a model a folder is named for: by the class's id, such as a synset, or by its name. */
record ClassFolders(String model, Labels labels) {

    /**
     * The index of the class for each folder.
     *
     * @throws UserError if a folder is named for no class, or for two
     */
    int[] indices(List<String> folders) {
        int[] indices = new int[folders.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(folders.get(i));
        }
        return indices;
    }

    /** The class that a folder is named for, if it is for one alone. */
    OptionalInt indexOf(String folder) {
        int[] found = found(folder);
        return found.length == 1 ? OptionalInt.of(found[0]) : OptionalInt.empty();
    }

    private int[] found(String folder) {
        List<Labels.Label> all = labels.labels();
        int[] byId = matching(i -> all.get(i).id().equals(folder));
        return byId.length > 0 ? byId : matching(i -> alike(all.get(i).name(), folder));
    }

    private int index(String folder) {
        List<Labels.Label> all = labels.labels();
        int[] found = found(folder);
        if (found.length == 0) {
            throw UserError.data("%s knows no class '%s'; %s".formatted(model, folder, known(folder)));
        }
        if (found.length > 1) {
            throw UserError.data("%s has two classes named '%s'; name the folder %s or %s"
                    .formatted(
                            model,
                            folder,
                            all.get(found[0]).id(),
                            all.get(found[1]).id()));
        }
        return found[0];
    }

    private int[] matching(IntPredicate wanted) {
        return IntStream.range(0, labels.size()).filter(wanted).toArray();
    }

    private static boolean alike(String name, String folder) {
        return name.replace(' ', '_').equalsIgnoreCase(folder.replace(' ', '_'));
    }

    private String known(String folder) {
        List<String> names = labels.labels().stream().map(Labels.Label::name).toList();
        if (labels.areNumbered()) {
            return ("it tells %d classes apart and has no names for them: name the folders class_0 to class_%d, in the "
                            + "order of its outputs (of Keras: the folders' names, sorted)")
                    .formatted(names.size(), names.size() - 1);
        }
        return names.size() <= 10
                ? "it knows " + String.join(", ", names)
                : "did you mean %s? An id such as %s will do, too"
                        .formatted(
                                String.join(" or ", EditDistance.nearest(folder, names, 3)),
                                labels.labels().get(0).id());
    }
}
