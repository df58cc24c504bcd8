package io.xtribe.fusionhub.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What the three platforms hold at one moment, found by the title that a test gave to a trigger. */
final class PlatformRecords {

    /** Where an incident began: the record that a person made there does not start with our key. */
    enum StartedOn {
        ELSEWHERE,
        DATADOG,
        SERVICENOW,
        PAGERDUTY
    }

    private final Map<String, List<JsonNode>> byPlaceAndTitle = new HashMap<>();
    private final Map<String, List<JsonNode>> byPlaceAndKey = new HashMap<>();
    private final Set<String> titles = new TreeSet<>();

    private PlatformRecords() {}

    static PlatformRecords of(SandboxClient sandbox) {
        PlatformRecords found = new PlatformRecords();
        JsonNode all = sandbox.records();
        for (String platform : List.of("datadog", "servicenow", "pagerduty")) {
            for (JsonNode record : all.path(platform)) {
                String place = platform + "/" + record.path("kind").asText();
                String title = record.path("title").asText().replaceFirst("^\\[P\\d\\] ", "");
                found.titles.add(title);
                found.byPlaceAndTitle
                        .computeIfAbsent(place + "/" + title, any -> new ArrayList<>())
                        .add(record);
                found.byPlaceAndKey
                        .computeIfAbsent(place + "/" + record.path("key").asText(""), any -> new ArrayList<>())
                        .add(record);
            }
        }
        return found;
    }

    /** The titles of all records, without the priority that the hub puts before them. */
    Set<String> titles() {
        return titles;
    }

    int count(String title) {
        return List.of("datadog/case", "datadog/incident", "servicenow/incident", "pagerduty/incident").stream()
                .mapToInt(place -> byPlaceAndTitle
                        .getOrDefault(place + "/" + title, List.of())
                        .size())
                .sum();
    }

    /**
     * One record per platform and part, each showing each of the others exactly once, and nothing else that carries the
     * incident's key. Returns the key.
     */
    String assertLinked(String title, StartedOn triggered) {
        JsonNode aCase = only("datadog/case", title);
        JsonNode datadog = only("datadog/incident", title);
        JsonNode serviceNow = only("servicenow/incident", title);
        JsonNode pagerDuty = only("pagerduty/incident", title);
        String key = aCase.path("key").asText();
        assertThat(CorrelationId.matches(key))
                .as("key of the case of %s: %s", title, key)
                .isTrue();
        assertKey("datadog/incident", datadog, key, triggered == StartedOn.DATADOG);
        assertKey("servicenow/incident", serviceNow, key, triggered == StartedOn.SERVICENOW);
        assertKey("pagerduty/incident", pagerDuty, key, triggered == StartedOn.PAGERDUTY);
        assertThat(byPlaceAndKey.get("datadog/case/" + key))
                .as("cases with key %s", key)
                .hasSize(1);

        assertThat(texts(datadog.path("attachments"), "/url"))
                .as("links on the Datadog incident of %s", title)
                .containsExactlyInAnyOrder(url(serviceNow), url(pagerDuty));
        assertThat(texts(aCase.path("incidents"), ""))
                .as("incidents joined to the case of %s", title)
                .hasSize(1);
        List<String> comments = texts(aCase.path("comments"), "");
        assertThat(comments).as("comments on the case of %s", title).isNotEmpty();
        for (JsonNode linked : List.of(datadog, serviceNow, pagerDuty)) {
            assertThat(comments.stream()
                            .mapToInt(comment -> occurrences(comment, url(linked)))
                            .sum())
                    .as("how often the comments on the case of %s show %s: %s", title, url(linked), comments)
                    .isEqualTo(1);
        }
        assertThat(serviceNow.at("/columns/u_datadog_incident_url").asText())
                .as("ServiceNow's link to Datadog of %s", title)
                .isEqualTo(url(datadog));
        assertThat(serviceNow.at("/columns/u_pagerduty_incident_url").asText())
                .as("ServiceNow's link to PagerDuty of %s", title)
                .isEqualTo(url(pagerDuty));
        assertThat(serviceNow.path("work_notes"))
                .as("work notes of %s: the columns hold the links", title)
                .isEmpty();
        assertThat(pagerDuty.at("/custom_fields/datadog_incident_url").asText())
                .as("PagerDuty's link to Datadog of %s", title)
                .isEqualTo(url(datadog));
        assertThat(pagerDuty.at("/custom_fields/servicenow_incident_url").asText())
                .as("PagerDuty's link to ServiceNow of %s", title)
                .isEqualTo(url(serviceNow));
        assertThat(pagerDuty.path("notes"))
                .as("notes of %s: the fields hold the links", title)
                .isEmpty();
        return key;
    }

    private JsonNode only(String place, String title) {
        List<JsonNode> found = byPlaceAndTitle.getOrDefault(place + "/" + title, List.of());
        assertThat(found).as("%s of '%s'", place, title).hasSize(1);
        return found.get(0);
    }

    private void assertKey(String place, JsonNode record, String key, boolean origin) {
        if (!origin) {
            assertThat(record.path("key").asText())
                    .as("key of %s %s", place, record)
                    .isEqualTo(key);
        }
        assertThat(byPlaceAndKey.getOrDefault(place + "/" + key, List.of()))
                .as("%s with key %s", place, key)
                .hasSizeLessThanOrEqualTo(1);
    }

    private static String url(JsonNode record) {
        return record.path("url").asText();
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.at(pointer).asText())
                .toList();
    }

    /** Followed by no further letter or digit: /incidents/1 does not occur in /incidents/12. */
    private static int occurrences(String text, String url) {
        int count = 0;
        for (int at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
            int end = at + url.length();
            if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
                count++;
            }
        }
        return count;
    }
}
