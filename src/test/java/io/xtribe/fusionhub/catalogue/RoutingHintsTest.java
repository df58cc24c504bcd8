package io.xtribe.fusionhub.catalogue;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;

/** How records and steps hold routing hints: one object of texts, as every version has written them. */
class RoutingHintsTest {

    private static RoutingHints read(String json) throws Exception {
        return IncidentJson.mapper().readValue(json.replace('\'', '"'), RoutingHints.class);
    }

    @Test
    void areOneObjectOfTexts() throws Exception {
        var json = "{'service':'checkout','team':'shop','runbook':'https://wiki','assignmentgroup':'c30',"
                + "'escalationpolicy':'PE','pagerdutyservice':'PS'}";
        var hints = Hints.of("checkout", "shop", "https://wiki", "PS", "PE", "c30");

        assertThat(IncidentJson.mapper().writeValueAsString(hints)).isEqualTo(json.replace('\'', '"'));
        assertThat(read(json)).isEqualTo(hints);
    }

    @Test
    void leaveOutWhatIsEmpty() throws Exception {
        assertThat(IncidentJson.mapper().writeValueAsString(Hints.of("a", "", "", "", "", "")))
                .isEqualTo("{\"service\":\"a\"}");
        assertThat(IncidentJson.mapper().writeValueAsString(RoutingHints.NONE)).isEqualTo("{}");
    }

    /** A record of a hub with one more platform, read by a hub without it, loses nothing. */
    @Test
    void keepTheIdsOfPlatformsThatAreUnknownHere() throws Exception {
        assertThat(read("{'acmeboard':'7'}").ids()).isEqualTo(Map.of("acmeboard", "7"));
        assertThat(IncidentJson.mapper().writeValueAsString(read("{'acmeboard':'7'}")))
                .isEqualTo("{\"acmeboard\":\"7\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'service':null}", "{'service':'','pagerdutyservice':''}", "{'later':{'a':1}}"})
    void areNoneWithoutAnyText(String json) throws Exception {
        assertThat(read(json)).isEqualTo(RoutingHints.NONE);
    }
}
