package io.xtribe.fusionhub.lab.local;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {

    @Test
    void alignsColumnsToTheirWidestCell() {
        // Given
        Table table = new Table("PLATFORM", "NUMBER", "URL")
                .row("ServiceNow", "INC0010002", "http://localhost/a")
                .row("PagerDuty", "#1", "http://localhost/b");
        // When
        String text = table.text("  ");
        // Then
        assertThat(text.lines())
                .containsExactly(
                        "  PLATFORM    NUMBER      URL",
                        "  ServiceNow  INC0010002  http://localhost/a",
                        "  PagerDuty   #1          http://localhost/b");
    }

    @Test
    void leavesNoBlanksAtTheEndOfALine() {
        // Given
        Table table = new Table("A", "B").row("1", "").row("22");
        // When
        String text = table.text("");
        // Then
        assertThat(text.lines()).containsExactly("A   B", "1", "22");
    }
}
