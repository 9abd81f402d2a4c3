package cnn.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ContiguousDataset;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tensors of a Keras weights-only .h5 by plain names ({@code conv1/kernel}), in the order of the file. */
final class KerasTensors implements PublishedTensors.Source {
    /** Values, and where their bytes stand in the file. */
    record Tensor(FloatBuffer values, long address) {}

    private final Map<String, Tensor> tensors;

    private KerasTensors(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    static KerasTensors of(Path h5) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (HdfFile file = new HdfFile(h5)) {
            for (String layer : names(file.getAttribute("layer_names"))) {
                Group group = (Group) file.getByPath("/" + layer);
                for (String weight : names(group.getAttribute("weight_names"))) {
                    ContiguousDataset data = (ContiguousDataset) group.getDatasetByPath(weight);
                    float[] values = new float[(int) data.getSize()];
                    data.getBuffer().asFloatBuffer().get(values);
                    String name = weight.substring(weight.lastIndexOf('/') + 1).replace(":0", "");
                    tensors.put(layer + "/" + name, new Tensor(FloatBuffer.wrap(values), data.getDataAddress()));
                }
            }
        }
        return new KerasTensors(tensors);
    }

    private static String[] names(Attribute attribute) {
        return attribute.getSize() == 0 ? new String[0] : (String[]) attribute.getData();
    }

    Map<String, Tensor> all() {
        return tensors;
    }

    @Override
    public Optional<FloatBuffer> tensor(String layer, String weight) {
        return Optional.ofNullable(tensors.get(layer + "/" + weight)).map(Tensor::values);
    }

    /** Prints the sections of published-tensors.txt: arguments are pairs of a network's name and its .h5 with top. */
    public static void main(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            System.out.print("model " + args[i] + "\n");
            of(Path.of(args[i + 1]))
                    .all()
                    .forEach((name, tensor) -> System.out.print(
                            HexFormat.of().toHexDigits(PublishedTensors.crc32c(tensor.values())) + " " + name + "\n"));
        }
    }
}
