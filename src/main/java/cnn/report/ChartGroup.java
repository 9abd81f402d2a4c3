package cnn.report;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Charts that stand together on a page.
 *
 * @param words what there is to see; empty if nothing need be said
 */
record ChartGroup(String heading, String words, List<Chart> charts) {
    private static final int MOST_SVG_BYTES = 200_000;

    ChartGroup {
        charts = List.copyOf(charts);
    }

    /** As the template wants them. */
    Map<String, Object> values() {
        return Map.of(
                "heading",
                heading,
                "words",
                words,
                "charts",
                charts.stream().map(ChartGroup::values).toList());
    }

    private static Map<String, Object> values(Chart chart) {
        return Map.of(
                "title",
                chart.title(),
                "width",
                chart.width(),
                "height",
                chart.height(),
                "light",
                uri(chart, Theme.LIGHT),
                "dark",
                uri(chart, Theme.DARK));
    }

    /** The chart itself: as SVG, unless it has so many parts that PNG is smaller. */
    private static String uri(Chart chart, Theme theme) {
        byte[] svg = chart.svg(theme);
        return svg.length <= MOST_SVG_BYTES ? uri("image/svg+xml", svg) : uri("image/png", chart.png(theme));
    }

    /** A picture as an address that holds its content. */
    static String uri(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }
}
