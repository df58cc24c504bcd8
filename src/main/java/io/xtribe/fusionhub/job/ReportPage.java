package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as one HTML page that needs nothing else: a table, and plots as SVG. */
final class ReportPage {

    /** Upper ends of the bars, in seconds. */
    private static final double[] EDGES = {0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300};

    private static final int MOST_DAYS = 62;
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Fusion Hub report</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --bar: #2f6db5; --line: #c9d1d9; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --bar: #6cb0ff; --line: #30363d; } }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; } th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
            th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; } tr:last-child { font-weight: 600; }
            svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } rect { fill: var(--bar); } .wide { overflow-x: auto; }
            </style></head><body>
            """;

    private ReportPage() {}

    static String of(JobRequest request, Instant at, List<ReportRow> rows, List<IncidentTimes> incidents) {
        var page = new StringBuilder(HEAD);
        page.append("<h1>Incidents</h1><p>")
                .append(range(request, at))
                .append(". Times are from when the hub was told.</p>")
                .append(
                        "<div class=\"wide\"><table><thead><tr><th>Priority</th><th>Origin</th><th>Incidents</th><th>Open</th>"
                                + "<th>Unpaged</th><th>To page<br>median / 95 %</th><th>To links<br>median / 95 %</th>"
                                + "<th>To end<br>median / 95 %</th></tr></thead><tbody>");
        rows.forEach(row -> page.append(row.cells().stream()
                .map(ReportPage::escaped)
                .collect(Collectors.joining("<td>", "<tr><td>", "</tr>"))));
        page.append("</tbody></table></div>")
                .append("<h2>Incidents a day</h2>")
                .append(bars(days(incidents), "Incidents a day"))
                .append("<h2>Time to page</h2>")
                .append(bars(times(incidents, one -> seconds(one.toPaged())), "Incidents by time to page"))
                .append("<h2>Time to all links</h2>")
                .append(bars(times(incidents, one -> seconds(one.toLinked())), "Incidents by time to all links"));
        return page.append("</body></html>\n").toString();
    }

    private static String range(JobRequest request, Instant at) {
        var since = request.since() == null ? "Everything that is kept" : "From " + day(request.since());
        return since + " until " + day(request.until() == null ? at : request.until());
    }

    private static String day(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MINUTES)
                .toString()
                .replace("T", " ")
                .replace(":00Z", " UTC");
    }

    private static Double seconds(Duration length) {
        return length == null ? null : length.toMillis() / 1000.0;
    }

    /** The last two months at most, days without an incident included. */
    private static Map<String, Long> days(List<IncidentTimes> incidents) {
        var counted = incidents.stream()
                .collect(Collectors.groupingBy(
                        one -> LocalDate.ofInstant(one.receivedAt(), ZoneOffset.UTC),
                        TreeMap::new,
                        Collectors.counting()));
        var days = new LinkedHashMap<String, Long>();
        if (!counted.isEmpty()) {
            var last = counted.lastKey();
            var earliest = last.minusDays(MOST_DAYS - 1L);
            for (var day = counted.firstKey().isBefore(earliest) ? earliest : counted.firstKey();
                    !day.isAfter(last);
                    day = day.plusDays(1)) {
                days.put(day.toString().substring(5), counted.getOrDefault(day, 0L));
            }
        }
        return days;
    }

    private static Map<String, Long> times(List<IncidentTimes> incidents, Function<IncidentTimes, Double> time) {
        var counts = new LinkedHashMap<String, Long>();
        for (var edge : EDGES) {
            counts.put("≤ " + (edge < 1 ? String.valueOf(edge) : String.valueOf((int) edge)) + " s", 0L);
        }
        counts.put("more", 0L);
        var labels = List.copyOf(counts.keySet());
        incidents.stream().map(time).filter(Objects::nonNull).forEach(seconds -> {
            var at = 0;
            while (at < EDGES.length && seconds > EDGES[at]) {
                at++;
            }
            counts.merge(labels.get(at), 1L, Long::sum);
        });
        return counts;
    }

    private static String bars(Map<String, Long> counts, String title) {
        if (counts.values().stream().allMatch(count -> count == 0)) {
            return "<p>None.</p>";
        }
        var most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        var width = counts.size() > 20 ? 18 : 60;
        var svg =
                new StringBuilder("<div class=\"wide\"><svg role=\"img\" width=\"%d\" height=\"170\"><title>%s</title>"
                        .formatted(counts.size() * width + 10, escaped(title)));
        var at = 0;
        for (var bar : counts.entrySet()) {
            var height = Math.round(120.0 * bar.getValue() / most);
            var left = 5 + at * width;
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                    .formatted(left, 140 - height, width - 4, height));
            if (width >= 60 || at % 7 == 0) {
                svg.append("<text x=\"%d\" y=\"156\">%s</text>".formatted(left, escaped(bar.getKey())));
            }
            if (bar.getValue() > 0) {
                svg.append("<text x=\"%d\" y=\"%d\">%d</text>".formatted(left, 136 - height, bar.getValue()));
            }
            at++;
        }
        return svg.append("</svg></div>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
