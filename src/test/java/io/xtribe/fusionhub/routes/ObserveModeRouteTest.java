package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObserveModeRouteTest extends PlatformRouteTest {

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.mode", "observe");
    }

    private Incident known() {
        var one = with(incident(), "datadog", "incident", datadogIncident);
        var two = with(one, "datadog", "case", reference("c-1", "FUS-3", "https://app.datadoghq.test/cases/FUS-3"));
        return with(
                with(two, "servicenow", "incident", serviceNowIncident), "pagerduty", "incident", pagerDutyIncident);
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, case, OPEN, would have opened datadog case",
        "datadog, incident, OPEN, would have opened datadog incident",
        "servicenow, incident, OPEN, would have opened servicenow incident",
        "pagerduty, incident, OPEN, would have opened pagerduty incident",
        "datadog, case, UPDATE, would have updated datadog case",
        "datadog, incident, UPDATE, would have updated datadog incident",
        "servicenow, incident, UPDATE, would have updated servicenow incident",
        "pagerduty, incident, UPDATE, would have updated pagerduty incident",
        "datadog, case, LINK, would have linked datadog case",
        "datadog, incident, LINK, would have linked datadog incident",
        "servicenow, incident, LINK, would have linked servicenow incident",
        "pagerduty, incident, LINK, would have linked pagerduty incident",
        "datadog, case, CLOSE, would have closed datadog case",
        "datadog, incident, CLOSE, would have closed datadog incident",
        "servicenow, incident, CLOSE, would have closed servicenow incident",
        "pagerduty, incident, CLOSE, would have closed pagerduty incident"
    })
    void writesNothingAndSaysWhatItWouldHave(String platform, String part, Operation operation, String words) {
        var step = Step.of(known().desiring(Status.RESOLVED, Priority.P2), platform, part, operation)
                .withLinks(links("datadog", datadogIncident, "pagerduty", pagerDutyIncident))
                .withDuplicate("second");

        var failure = failure(step);

        assertThat(failure.kind()).isEqualTo(Kind.OBSERVED);
        assertThat(failure).hasMessage(words);
        assertThat(writes()).isZero();
    }

    @Test
    void reads() {
        // Given
        var incident = sandbox.datadogIncident("SEV-1", "declared").path("id").asText();
        var page = sandbox.pagerDutyIncident("P1", "paged").path("id").asText();
        var record = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        var known = with(
                with(
                        with(incident(), "datadog", "incident", reference(incident, "", "")),
                        "servicenow",
                        "incident",
                        reference(record, "", "")),
                "pagerduty",
                "incident",
                reference(page, "", ""));

        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            // When
            var found = run(step(incident(), platform, "incident", Operation.FIND));
            var read = run(step(known, platform, "incident", Operation.READ));

            // Then
            assertThat(found).isEmpty();
            assertThat(read.path("id").asText())
                    .isEqualTo(known.part(platform, "incident").reference().id());
        }
        assertThat(writes()).isZero();
    }
}
