package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.xtribe.fusionhub.job.ReportPlot.Bar;

/** A report as one HTML page that needs nothing else: tables, and plots as SVG, in the colours that the reader's system asks for. */
final class ReportPage {

    /** Upper ends of the bars of what machines do, and of what people do. */
    private static final List<Duration> SECONDS =
            durations(100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000);

    private static final List<Duration> HOURS = durations(
            60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000, 86_400_000, 259_200_000);

    private static final int MOST_DAYS = 62;
    private static final int SLOWEST = 10;
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Incidents: report of Fusion Hub</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --line: #d8dee4; --p1: #b3261e; --p2: #2f6db5; --p3: #6e7781; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6edf3; --soft: #9198a1; --paper: #0d1117; --line: #30363d; --p1: #ff7b72; --p2: #6cb0ff; --p3: #8b949e; } }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
            p { color: var(--soft); margin: .25rem 0; } .wide { overflow-x: auto; }
            dl { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 1.5rem 0; } dt { color: var(--soft); font-size: .85rem; }
            dd { margin: 0; font-size: 1.5rem; font-weight: 600; } dd.bad { color: var(--p1); }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: .35rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
            th { color: var(--soft); font-size: .85rem; font-weight: 500; vertical-align: bottom; }
            th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; } .groups tr:last-child td { font-weight: 600; border-bottom: 0; }
            td.title { white-space: normal; overflow-wrap: anywhere; }
            svg { display: block; width: 100%; min-width: 560px; } svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
            .grid { stroke: var(--line); } .axis { stroke: var(--soft); } .p1 { fill: var(--p1); } .p2 { fill: var(--p2); } .p3 { fill: var(--p3); }
            .key svg { display: inline-block; width: .8rem; min-width: 0; height: .8rem; margin-right: .35rem; vertical-align: -.05rem; } .key span { margin-right: 1.25rem; }
            </style></head><body>
            """;

    private ReportPage() {}

    static String of(JobRequest request, Instant at, List<ReportRow> rows, List<IncidentTimes> incidents) {
        var priorities = incidents.stream()
                .map(IncidentTimes::priority)
                .distinct()
                .sorted()
                .toList();
        var page = new StringBuilder(HEAD);
        page.append("<h1>Incidents</h1><p>")
                .append(range(request, at))
                .append(". Times are from when the hub was told.</p>")
                .append(figures(rows.get(rows.size() - 1)))
                .append(table(rows))
                .append("<h2>Incidents a day</h2>")
                .append(key(priorities))
                .append(ReportPlot.of("Incidents a day", "day, UTC", days(incidents), priorities));
        plot(page, "Time to page", "Not paged", SECONDS, incidents, priorities, IncidentTimes::toPaged);
        plot(page, "Time to all links", "Not linked", SECONDS, incidents, priorities, IncidentTimes::toLinked);
        plot(page, "Time to the end", "Not over", HOURS, incidents, priorities, IncidentTimes::toResolved);
        return page.append(slowest(incidents)).append("</body></html>\n").toString();
    }

    /** What somebody wants to know first. */
    private static String figures(ReportRow all) {
        return "<dl>"
                + figure("Incidents", String.valueOf(all.incidents()), false)
                + figure("Open", String.valueOf(all.open()), false)
                + figure("Unpaged", String.valueOf(all.unpaged()), all.unpaged() > 0)
                + figure("To page, median", ReportRow.words(all.pagedMedian()), false)
                + figure("To page, 95 %", ReportRow.words(all.paged95()), false)
                + "</dl>";
    }

    private static String figure(String name, String value, boolean isBad) {
        return "<div><dt>%s</dt><dd%s>%s</dd></div>".formatted(name, isBad ? " class=\"bad\"" : "", value);
    }

    private static String table(List<ReportRow> rows) {
        var table = new StringBuilder(
                "<div class=\"wide\"><table class=\"groups\"><thead><tr><th>Priority</th><th>Origin</th>"
                        + "<th>Incidents</th><th>Open</th><th>Unpaged</th><th>To page<br>median / 95 %</th>"
                        + "<th>To links<br>median / 95 %</th><th>To end<br>median / 95 %</th></tr></thead><tbody>");
        rows.forEach(row -> table.append(row.cells().stream()
                .map(ReportPage::escaped)
                .collect(Collectors.joining("<td>", "<tr><td>", "</tr>"))));
        return table.append("</tbody></table></div>").toString();
    }

    /** Which colour is which priority. */
    private static String key(List<String> priorities) {
        return priorities.stream()
                .map(priority ->
                        "<span><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"%s\" width=\"1\" height=\"1\"/></svg>%s</span>"
                                .formatted(css(priority), escaped(priority)))
                .collect(Collectors.joining("", "<p class=\"key\">", "</p>"));
    }

    private static void plot(
            StringBuilder page,
            String title,
            String none,
            List<Duration> edges,
            List<IncidentTimes> incidents,
            List<String> priorities,
            Function<IncidentTimes, Duration> time) {
        var without = incidents.stream().filter(one -> time.apply(one) == null).count();
        page.append("<h2>").append(title).append("</h2>").append(key(priorities));
        if (without > 0) {
            page.append("<p>").append(none).append(": ").append(without).append(".</p>");
        }
        page.append(ReportPlot.of(title, "up to", times(incidents, edges, time), priorities));
    }

    /** Those whose page came last, and those that have none. */
    private static String slowest(List<IncidentTimes> incidents) {
        var slowest = incidents.stream()
                .sorted(Comparator.comparing(
                                IncidentTimes::toPaged, Comparator.nullsLast(Comparator.<Duration>naturalOrder()))
                        .reversed())
                .limit(SLOWEST)
                .toList();
        var table =
                new StringBuilder("<h2>The slowest pages</h2><div class=\"wide\"><table><thead><tr><th>Priority</th>"
                        + "<th>Incident</th><th>Origin</th><th>Told</th><th>To page</th></tr></thead><tbody>");
        slowest.forEach(one -> table.append("<tr><td>%s<td class=\"title\">%s<td>%s<td>%s<td>%s</tr>"
                .formatted(
                        escaped(one.priority()),
                        escaped(one.title()),
                        escaped(one.origin()),
                        day(one.receivedAt()),
                        one.toPaged() == null ? "not paged" : ReportRow.words(seconds(one.toPaged())))));
        return table.append("</tbody></table></div>").toString();
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
        return length.toMillis() / 1000.0;
    }

    /** The last two months at most, days without an incident included. */
    private static List<Bar> days(List<IncidentTimes> incidents) {
        var counted = incidents.stream()
                .collect(Collectors.groupingBy(
                        one -> LocalDate.ofInstant(one.receivedAt(), ZoneOffset.UTC),
                        TreeMap::new,
                        Collectors.groupingBy(IncidentTimes::priority, Collectors.counting())));
        var days = new ArrayList<Bar>();
        if (!counted.isEmpty()) {
            var last = counted.lastKey();
            var earliest = last.minusDays(MOST_DAYS - 1L);
            for (var day = counted.firstKey().isBefore(earliest) ? earliest : counted.firstKey();
                    !day.isAfter(last);
                    day = day.plusDays(1)) {
                days.add(new Bar(day.toString().substring(5), counted.getOrDefault(day, Map.of())));
            }
        }
        return days;
    }

    private static List<Bar> times(
            List<IncidentTimes> incidents, List<Duration> edges, Function<IncidentTimes, Duration> time) {
        var counted = incidents.stream()
                .filter(one -> time.apply(one) != null)
                .collect(Collectors.groupingBy(
                        one -> step(edges, time.apply(one)),
                        Collectors.groupingBy(IncidentTimes::priority, Collectors.counting())));
        var bars = new ArrayList<Bar>();
        for (var at = 0; at <= edges.size(); at++) {
            bars.add(new Bar(at == edges.size() ? "more" : words(edges.get(at)), counted.getOrDefault(at, Map.of())));
        }
        return bars;
    }

    private static int step(List<Duration> edges, Duration length) {
        var at = 0;
        while (at < edges.size() && length.compareTo(edges.get(at)) > 0) {
            at++;
        }
        return at;
    }

    private static List<Duration> durations(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
    }

    private static String words(Duration edge) {
        if (edge.toSeconds() < 1) {
            return edge.toMillis() / 1000.0 + " s";
        }
        if (edge.toMinutes() < 1) {
            return edge.toSeconds() + " s";
        }
        if (edge.toHours() < 1) {
            return edge.toMinutes() + " min";
        }
        return edge.toHours() <= 24 ? edge.toHours() + " h" : edge.toDays() + " days";
    }

    /** The class of a priority's colour; what is below P2 has one together. */
    static String css(String priority) {
        return switch (priority) {
            case "P1" -> "p1";
            case "P2" -> "p2";
            default -> "p3";
        };
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
