package io.xtribe.fusionhub.converge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;

/** What of a ticket's state the other platforms have no word for becomes a comment. */
class RemarkMappingsTest {

    private static final Path UPDATED = Path.of("src/test/resources/webhooks/servicenow/updated-state.json");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            2       | 3        | 1               | -                 | -      | On Hold: Awaiting Caller
            2       | 3        | 4               | -                 | -      | On Hold: Awaiting Vendor
            2       | 3        | 77              | -                 | -      | On Hold: 77
            2       | 3        | -               | -                 | -      | On Hold
            New     | On Hold  | Awaiting Change | -                 | -      | On Hold: Awaiting Change
            3       | 3        | 1               | -                 | -      | -
            -       | 3        | 1               | -                 | -      | -
            1       | 2        | -               | -                 | -      | -
            2       | 8        | -               | -                 | -      | Canceled
            2       | 6        | -               | Solution provided | Reboot | Resolved (Solution provided): Reboot
            2       | 7        | -               | -                 | Reboot | Resolved: Reboot
            6       | 7        | -               | Solution provided | Reboot | -
            2       | 6        | -               | Solution provided | -      | -
            2       | Resolved | -               | -                 | Reboot | Resolved: Reboot
            """)
    void tellsWhyATicketWaitsAndWhyItEnded(
            String before, String now, String hold, String code, String notes, String remark) throws IOException {
        // When
        var comments = comments(before, now, hold, code, notes);

        // Then
        assertThat(comments)
                .extracting(comment -> comment.path("text").asText())
                .isEqualTo(remark == null ? List.of() : List.of(remark));
        assertThat(comments).allSatisfy(comment -> {
            assertThat(comment.path("id").asText()).isEqualTo("state/2026-01-31T12:03:00Z");
            assertThat(comment.path("author").asText()).isEqualTo("sam.example");
        });
    }

    @Test
    void saysNothingOfWhatTheHubWroteWhenItResolved() throws IOException {
        assertThat(comments(
                        "2",
                        "6",
                        null,
                        "Solution provided",
                        "Resolved by datadog, fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa"))
                .isEmpty();
    }

    private static Iterable<JsonNode> comments(String before, String now, String hold, String code, String notes)
            throws IOException {
        var body = (ObjectNode) new ObjectMapper().readTree(UPDATED.toFile());
        ((ObjectNode) body.path("incident"))
                .put("previous_state", text(before))
                .put("state", text(now))
                .put("hold_reason", text(hold))
                .put("close_code", text(code))
                .put("close_notes", text(notes));
        return StreamSupport.stream(
                        Mapping.apply("servicenow-signal", body)
                                .path("comments")
                                .spliterator(),
                        false)
                .toList();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
