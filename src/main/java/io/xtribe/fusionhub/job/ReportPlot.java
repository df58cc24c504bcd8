package io.xtribe.fusionhub.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bar chart as SVG: one bar for each of some steps, in which priorities stand on top of each other. */
final class ReportPlot {

    /**
     * One bar.
     *
     * @param label what stands below it
     * @param counts how many there are, by priority
     */
    record Bar(String label, Map<String, Long> counts) {
        long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final int WIDTH = 760;
    private static final int LEFT = 48;
    private static final int RIGHT = 744;
    private static final int TOP = 24;
    private static final int BOTTOM = 204;
    private static final int HEIGHT = 250;
    private static final int WIDEST = 44;
    /** So that neither labels nor totals touch each other. */
    private static final int ROOM = 52;

    private static final int MOST_LINES = 5;

    private ReportPlot() {}

    /**
     * The chart.
     *
     * @param across what the bars stand for, below the axis
     * @param priorities from the bottom to the top
     */
    static String of(String title, String across, List<Bar> bars, List<String> priorities) {
        var most = bars.stream().mapToLong(Bar::total).max().orElse(0);
        if (most == 0) {
            return "<p class=\"none\">None.</p>";
        }
        var line = lines(most);
        var top = (most + line - 1) / line * line;
        var svg = new StringBuilder("<div class=\"wide\"><svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">"
                .formatted(WIDTH, HEIGHT, ReportPage.escaped(title)));
        for (var count = 0L; count <= top; count += line) {
            svg.append(text(LEFT - 8, y(count, top) + 4, "end", String.valueOf(count)))
                    .append(String.format(
                            Locale.ROOT,
                            "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                            count == 0 ? "axis" : "grid",
                            LEFT,
                            RIGHT,
                            y(count, top),
                            y(count, top)));
        }
        var step = (double) (RIGHT - LEFT) / bars.size();
        var every = (int) Math.ceil(ROOM / step);
        for (var at = 0; at < bars.size(); at++) {
            bar(svg, bars.get(at), LEFT + step * at, step, top, priorities);
            if (at % every == 0) {
                svg.append(text(
                        LEFT + step * (at + 0.5),
                        BOTTOM + 18,
                        "middle",
                        bars.get(at).label()));
            }
        }
        return svg.append(text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", across))
                .append("</svg></div>")
                .toString();
    }

    private static void bar(StringBuilder svg, Bar bar, double left, double step, long top, List<String> priorities) {
        var width = Math.min(WIDEST, step * 0.72);
        var below = 0L;
        svg.append("<g><title>%s</title>".formatted(ReportPage.escaped(told(bar, priorities))));
        for (var priority : priorities) {
            var count = bar.counts().getOrDefault(priority, 0L);
            if (count > 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        ReportPage.css(priority),
                        left + (step - width) / 2,
                        y(below + count, top),
                        width,
                        y(below, top) - y(below + count, top)));
                below += count;
            }
        }
        if (below > 0 && step >= ROOM / 2.0) {
            svg.append(text(left + step / 2, y(below, top) - 6, "middle", String.valueOf(below)));
        }
        svg.append("</g>");
    }

    private static String told(Bar bar, List<String> priorities) {
        var told = new StringBuilder(bar.label()).append(": ").append(bar.total());
        priorities.stream().filter(bar.counts()::containsKey).forEach(priority -> told.append(", ")
                .append(priority)
                .append(' ')
                .append(bar.counts().get(priority)));
        return told.toString();
    }

    private static double y(long count, long top) {
        return BOTTOM - (double) (BOTTOM - TOP) * count / top;
    }

    /** The distance of two lines of the grid: 1, 2 or 5, times a power of ten. */
    private static long lines(long most) {
        for (var power = 1L; ; power *= 10) {
            for (var factor : new long[] {1, 2, 5}) {
                if (most <= MOST_LINES * factor * power) {
                    return factor * power;
                }
            }
        }
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                ReportPage.escaped(text));
    }
}
