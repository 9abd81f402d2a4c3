package cnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Results as rows with named columns, written as text for people, CSV or JSON. A column may be of one of these only, where
 * people and scripts want a thing otherwise.
 *
 * @param <R> what a row is about
 */
final class ResultTable<R> {
    private final List<R> rows;
    private final List<Column<R>> text = new ArrayList<>();
    private final List<Column<R>> csv = new ArrayList<>();
    private final List<Column<R>> json = new ArrayList<>();

    private record Column<R>(String name, Function<R, ?> value) {}

    ResultTable(List<R> rows) {
        this.rows = List.copyOf(rows);
    }

    /** A column for people. */
    ResultTable<R> text(String title, Function<R, String> value) {
        text.add(new Column<>(title, value));
        return this;
    }

    /** A column of CSV; null is an empty field. */
    ResultTable<R> csv(String name, Function<R, ?> value) {
        csv.add(new Column<>(name, value));
        return this;
    }

    /** A field of JSON; see {@link Json#text} for the values. */
    ResultTable<R> json(String name, Function<R, ?> value) {
        json.add(new Column<>(name, value));
        return this;
    }

    /** A column of CSV and of JSON. */
    ResultTable<R> data(String name, Function<R, ?> value) {
        return csv(name, value).json(name, value);
    }

    /** A column of all three. */
    ResultTable<R> all(String name, Function<R, ?> value) {
        return text(name, row -> String.valueOf(value.apply(row))).data(name, value);
    }

    String asText() {
        TextTable table = new TextTable(names(text).toArray(String[]::new));
        rows.forEach(row -> table.add(values(text, row)));
        return table.render();
    }

    String asCsv() {
        StringBuilder lines = new StringBuilder(Csv.row(names(csv).toArray(String[]::new)));
        rows.forEach(row -> lines.append(Csv.row(values(csv, row).toArray(String[]::new))));
        return lines.toString();
    }

    /** An object for each row, for {@link Json#text}. */
    List<Map<String, Object>> asJson() {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (R row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            json.forEach(column -> object.put(column.name(), column.value().apply(row)));
            objects.add(object);
        }
        return objects;
    }

    private static <R> List<String> names(List<Column<R>> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static <R> List<String> values(List<Column<R>> columns, R row) {
        return columns.stream()
                .map(column -> column.value().apply(row))
                .map(value -> value == null ? "" : value.toString())
                .toList();
    }
}
