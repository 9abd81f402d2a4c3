package cnn.zoo;

import java.util.List;

/**
 * Networks of one architecture.
 *
 * @param name as the literature calls it
 * @param paper where it is described; empty if nowhere
 */
public record Family(String name, String paper, List<ZooModel> models) {
    public Family {
        models = List.copyOf(models);
    }
}
