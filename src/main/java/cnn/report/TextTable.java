package cnn.report;

import java.util.ArrayList;
import java.util.List;

/** Columns for people, each cell on {@link OneLine}; numbers stand to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        this.header = fit(List.of(header));
    }

    public void add(List<String> row) {
        rows.add(fit(row));
    }

    /** The header, a rule, the rows; each line ends with a newline. */
    public String render() {
        List<Integer> widths = widths();
        StringBuilder text = new StringBuilder();
        line(text, header, widths);
        int total = widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
        text.append("-".repeat(total)).append('\n');
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static List<String> fit(List<String> cells) {
        return cells.stream().map(OneLine::of).toList();
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            int width = header.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        return widths;
    }

    private void line(StringBuilder text, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String padding = " ".repeat(widths.get(column) - cells.get(column).length());
            line.append(column == 0 ? "" : GAP);
            line.append(isNumeric(column) ? padding + cells.get(column) : cells.get(column) + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("[-+0-9.,%]*[kMG]?"));
    }
}
