package cnn.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import cnn.zoo.Labels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTableTest {
    private static final Labels.Label CAT = new Labels.Label("n1", "cat");
    private static final Labels.Label DOG = new Labels.Label("n2", "dog");
    private static final List<Prediction> PREDICTIONS =
            List.of(new Prediction(1, CAT, 7, 0.75f), new Prediction(2, DOG, 3, 1.5e-7f));
    private static final Classification SEEN = new Classification(
            "a.jpg", PREDICTIONS, Optional.empty(), Optional.of(List.of(CAT, DOG)), OptionalDouble.of(1.25));
    private static final Classification FAILED = new Classification(
            "byte \udcff.jpg", List.of(), Optional.of(new Failure("empty_file", "the file is empty")));

    @TempDir
    private Path folder;

    @Test
    void hasARowForEveryInput() throws IOException {
        List<Group> rows = written(new AnswerTableWriter.Columns(OptionalDouble.empty(), false, false), SEEN, FAILED);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).hasToString("""
                        row: 40
                        input: a.jpg
                        status: ok
                        class_id: n1
                        label: cat
                        index: 7
                        probability: 0.75
                        predictions
                          list
                            element
                              rank: 1
                              class_id: n1
                              label: cat
                              index: 7
                              probability: 0.75
                          list
                            element
                              rank: 2
                              class_id: n2
                              label: dog
                              index: 3
                              probability: 1.5E-7
                        """);
        assertThat(rows.get(1)).hasToString("""
                        row: 41
                        input: byte \\xff.jpg
                        status: error
                        error_code: empty_file
                        error_message: the file is empty
                        """);
    }

    @Test
    void saysHowFarAnAnswerCanBeTrusted() throws IOException {
        List<Group> rows = written(new AnswerTableWriter.Columns(OptionalDouble.of(0.8), true, true), SEEN, FAILED);
        assertThat(rows.get(0).toString()).endsWith("""
                        accepted: false
                        conformal_set
                          list
                            element: n1
                          list
                            element: n2
                        novel: true
                        novelty: 1.25
                        """);
        assertThat(rows.get(1).getFieldRepetitionCount("accepted")).isZero();
    }

    private List<Group> written(AnswerTableWriter.Columns columns, Classification... answers) throws IOException {
        Path file = folder.resolve("rows.parquet");
        try (OutputStream stream = Files.newOutputStream(file)) {
            AnswerTableWriter table = new AnswerTableWriter(stream, columns, Map.of("model", "net"), 40);
            List.of(answers).forEach(table::row);
            table.end();
        }
        List<Group> rows = new ArrayList<>();
        try (TableReader table = TableReader.open(file)) {
            assertThat(table.facts()).containsEntry("cnn.model", "net");
            table.forEach(rows::add);
        }
        return rows;
    }
}
