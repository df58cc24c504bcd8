package io.xtribe.fusionhub.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    private static final Instant BEGAN = Instant.parse("2026-11-29T12:00:00Z");

    private static IncidentTimes incident(String title, int paged, Integer resolved) {
        return new IncidentTimes(
                "fx-" + "0".repeat(32),
                title,
                "P1",
                "datadog",
                resolved == null ? "OPEN" : "RESOLVED",
                BEGAN,
                paged < 0 ? null : BEGAN.plusSeconds(paged),
                null,
                resolved == null ? null : BEGAN.plusSeconds(resolved));
    }

    @Test
    void aRowHasMedianAndTheTimeThatNineteenOfTwentyDoNotExceed() {
        var incidents = IntStream.rangeClosed(1, 20)
                .mapToObj(seconds -> incident("one", seconds, null))
                .toList();

        var row = ReportRow.of("P1", "datadog", incidents);

        assertThat(row.pagedMedian()).isEqualTo(10);
        assertThat(row.paged95()).isEqualTo(19);
        assertThat(row.linkedMedian()).isNull();
        assertThat(row.open()).isEqualTo(20);
    }

    @Test
    void whatIsNotPagedIsCounted() {
        var row = ReportRow.of("P1", "datadog", List.of(incident("one", -1, null), incident("two", 1, 60)));

        assertThat(row.unpaged()).isEqualTo(1);
        assertThat(row.open()).isEqualTo(1);
        assertThat(row.resolvedMedian()).isEqualTo(60);
    }

    /** What people call incidents must not become a formula, a column or a line of a spreadsheet. */
    @Test
    void titlesStayTextInCsv() {
        var csv = ReportText.csv(List.of(incident("=HYPERLINK(\"http://x\")", 1, null), incident("a,b\nc", 1, null)));

        assertThat(csv).contains(",\"'=HYPERLINK(\"\"http://x\"\")\",").contains(",\"a,b\nc\",");
    }

    @Test
    void originsStayTextInHtml() {
        var request = new JobRequest("report", false, null, null, "", 0, "", "", "", "none", Map.of());
        var rows = List.of(ReportRow.of("P1", "<script>", List.of(incident("one", 1, null))));

        var page = ReportPage.of(request, BEGAN, rows, List.of(incident("one", 1, null)));

        assertThat(page)
                .contains("&lt;script&gt;")
                .doesNotContain("<script>")
                .contains("<svg")
                .doesNotContain("http://");
    }

    /** Whatever the language of the machine: coordinates have points. */
    @Test
    void barsStandOnEachOtherAboveAnAxisWithWholeNumbers() {
        var bars = List.of(new ReportPlot.Bar("1 s", Map.of("P1", 3L, "P2", 9L)), new ReportPlot.Bar("more", Map.of()));
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var svg = ReportPlot.of("Times", "up to", bars, List.of("P1", "P2"));

            assertThat(svg)
                    .contains("<title>1 s: 12, P1 3, P2 9</title>")
                    .contains(">0</text>", ">5</text>", ">10</text>", ">15</text>", ">12</text>")
                    // 180 units are 15: P1 takes the lowest 36, P2 the 108 above them.
                    .contains("y=\"168.0\" width=\"44.0\" height=\"36.0\"")
                    .contains("y=\"60.0\" width=\"44.0\" height=\"108.0\"");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aPlotOfNothingIsNoPlot() {
        assertThat(ReportPlot.of("Times", "up to", List.of(), List.of())).doesNotContain("<svg");
    }
}
