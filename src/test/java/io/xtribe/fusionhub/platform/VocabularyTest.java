package io.xtribe.fusionhub.platform;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.signal.Words;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VocabularyTest {

    private static final String TABLES = """
            name: desk
            records: {parts: [ticket, task]}
            status:
              ticket:
                means: {New: open, Working: acknowledged, done: resolved, "-": ""}
                sent: {open: New, resolved: {state: done, code: 7}}
              alert:
                means: {firing: active}
            priority:
              ticket:
                means: {"1": P1, "2": P2}
                sent: {P1: "1", P2: "2"}
                list: levels
            """;

    private final AccountLists lists = new AccountLists();
    private final Vocabulary words = new Vocabulary(Descriptors.of(TABLES), lists);

    @ParameterizedTest
    @CsvSource({
        "ticket, New, open",
        "ticket, new, open",
        "ticket, ' WORKING ', acknowledged",
        "ticket, -, ''",
        "ticket, '', ''",
        "alert, firing, active",
        "desk.alert, firing, active",
        "task, done, resolved",
        "anything, done, resolved",
        "ticket, firing, ",
        "ticket, frozen, ",
    })
    void aStatusIsTranslatedByTheTableOfItsPart(String part, String word, String ours) {
        assertThat(words.status(part, word).orElse(null)).isEqualTo(ours);
    }

    @Test
    void whatNoTableHasIsLookedForInTheAccountsOwnList() {
        assertThat(words.priority("ticket", "Severe")).isEmpty();

        lists.remember("levels", Mapping.json("{'means': {'severe': 'P1', '1': 'P5'}, 'sent': {'P1': {'id': 'L1'}}}"));

        assertThat(words.priority("ticket", "Severe")).contains("P1");
        assertThat(words.priority("ticket", "1")).as("the table comes first").contains("P1");
        assertThat(words.sent("ticket", "open", "P1"))
                .isEqualTo(Mapping.json("{'status': 'New', 'priority': {'id': 'L1'}}"));
        assertThat(words.sent("ticket", "open", "P2").path("priority").asText()).isEqualTo("2");
    }

    @Test
    void whatThePlatformHasNoWordForIsNotSent() {
        assertThat(words.sent("ticket", "acknowledged", "P3")).isEmpty();
        assertThat(words.sent("alert", "open", "P1")).isEqualTo(Mapping.json("{'priority': '1'}"));
        assertThat(words.sent("ticket", "resolved", "P1").path("status"))
                .isEqualTo(Mapping.json("{'state': 'done', 'code': 7}"));
    }

    @Test
    void aPlatformWithoutTablesUsesTheHubsOwnWords() {
        var own = new Vocabulary(Descriptors.of("name: desk\nrecords: {parts: [ticket]}"), lists);

        assertThat(own.status("ticket", "anything")).contains("anything");
        assertThat(own.sent("ticket", "open", "P1")).isEmpty();
        assertThat(Words.OURS.priority("ticket", "P1")).contains("P1");
    }

    @Test
    void aTableHoldsNoWordThatTheHubDoesNotHave() {
        assertThatThrownBy(() -> VendorFolder.parse(TABLES.replace("done: resolved", "done: over")))
                .hasMessageContaining(
                        "status of ticket has 'over', which is none of acknowledged, active, open, resolved");
        assertThatThrownBy(() -> VendorFolder.parse(TABLES.replace("{P1: \"1\"", "{p1: \"1\"")))
                .hasMessageContaining("priority of ticket has 'p1', which is none of P1, P2, P3, P4, P5");
    }

    /** Else what was written would come back as somebody's wish for something else. */
    @Property
    void whatABuiltInPlatformIsSentMeansTheSameWhenItComesBack(@ForAll("records") List<String> record) {
        var platform = record.get(0);
        var part = record.get(1);
        var known = BuiltIn.words(platform);
        for (var status : Set.of("open", "resolved")) {
            for (var priority : List.of("P1", "P2", "P3", "P4", "P5")) {
                var sent = known.sent(part, status, priority);
                assertThat(sent.path("status").isValueNode()).isTrue();
                assertThat(sent.hasNonNull("priority")).isTrue();
                if (sent.path("priority").isTextual()) {
                    var word = sent.path("priority").asText();
                    assertThat(known.priority(part, word)).contains(priority);
                    assertThat(known.priority(part, word.toLowerCase(Locale.ROOT)))
                            .contains(priority);
                }
            }
        }
    }

    @Provide
    Arbitrary<List<String>> records() {
        return Arbitraries.of(
                List.of("datadog", "incident"),
                List.of("datadog", "case"),
                List.of("servicenow", "incident"),
                List.of("pagerduty", "incident"));
    }
}
