package cnn.report;

import cnn.Versions;
import cnn.json.Json;
import cnn.selftest.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a self-check says.
 *
 * @param seconds that it took
 */
public record SelfTestReport(List<Check> checks, double seconds) {

    public SelfTestReport {
        checks = List.copyOf(checks);
    }

    /** Whether no check failed. */
    public boolean passed() {
        return checks.stream().noneMatch(check -> check.outcome() == Check.Outcome.FAILED);
    }

    /** As text a line for each check, the worst difference before its tolerance, and PASS or FAIL. */
    public String as(Format format) {
        return switch (format) {
            case CSV -> table().asCsv();
            case JSON, JSONL -> json() + "\n";
            case TEXT -> table().asText() + summary() + "\n";
        };
    }

    private ResultTable<Check> table() {
        return new ResultTable<>(checks)
                .all("part", check -> word(check.part()))
                .all("check", Check::name)
                .all("cases", Check::cases)
                .text("worst", check -> check.cases() == 0 ? "" : figure(check.worst()))
                .text("tolerance", check -> check.cases() == 0 ? "" : figure(check.tolerance()))
                .data("worst", check -> finite(check.worst()))
                .data("tolerance", Check::tolerance)
                .text(
                        "",
                        check -> word(check.outcome())
                                + check.problem().map(problem -> ": " + problem).orElse(""))
                .data("outcome", check -> word(check.outcome()))
                .data("problem", check -> check.problem().orElse(null));
    }

    private String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        Versions versions = Versions.ofThisBuild();
        report.put("result", passed() ? "pass" : "fail");
        report.put("cnn", versions.cnn());
        report.put("onednn", versions.oneDnn());
        report.put("java", System.getProperty("java.version"));
        report.put("machine", System.getProperty("os.arch"));
        report.put("seconds", seconds);
        report.put("checks", table().asJson());
        return Json.text(report);
    }

    private String summary() {
        long failed = count(Check.Outcome.FAILED);
        long skipped = count(Check.Outcome.SKIPPED);
        return "%s: %d checks, %d failed%s, in %s s"
                .formatted(
                        passed() ? "PASS" : "FAIL",
                        checks.size(),
                        failed,
                        skipped == 0 ? "" : ", %d skipped".formatted(skipped),
                        String.format(Locale.ROOT, "%.1f", seconds));
    }

    private long count(Check.Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String figure(double value) {
        if (value == 0) {
            return "0";
        }
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : "no number";
    }
}
