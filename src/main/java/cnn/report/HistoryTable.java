package cnn.report;

import cnn.IoReason;
import cnn.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The history of a training as it lies in a file: csv of numbers below a header. */
record HistoryTable(Path file, List<String> header, List<String[]> rows) {

    static HistoryTable read(Path file) {
        try {
            List<String[]> lines = Files.readAllLines(file).stream()
                    .map(line -> line.split(",", -1))
                    .toList();
            return new HistoryTable(
                    file,
                    lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0)),
                    lines.subList(Math.min(1, lines.size()), lines.size()));
        } catch (IOException e) {
            throw UserError.data("cannot read " + file + ": " + IoReason.of(e), e);
        }
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /**
     * The numbers of some columns, row by row.
     *
     * @throws UserError if there is no such column, or something else in it
     */
    List<double[]> numbers(List<String> columns) {
        try {
            return rows.stream()
                    .map(row -> columns.stream()
                            .mapToDouble(column -> Double.parseDouble(row[header.indexOf(column)]))
                            .toArray())
                    .toList();
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw UserError.data("%s is no history of training; expected columns %s; move it away to do without"
                    .formatted(file, String.join(", ", columns)));
        }
    }
}
