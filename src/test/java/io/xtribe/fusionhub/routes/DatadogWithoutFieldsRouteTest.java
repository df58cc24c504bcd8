package io.xtribe.fusionhub.routes;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.openapi.VendorOperations;

import static org.assertj.core.api.Assertions.assertThat;

/** An organisation that has declared no field for our key. */
@VendorOperations(
        platform = "datadog",
        value = {"CreateCase", "CreateIncident", "SearchCases", "SearchIncidents"})
class DatadogWithoutFieldsRouteTest extends PlatformRouteTest {

    private static final String DATADOG = "datadog";

    @Override
    List<String> routeFiles() {
        return callsOf("datadog");
    }

    @ParameterizedTest
    @ValueSource(strings = {"case", "incident"})
    void findsByTheKeyInTheText(String part) {
        var id = run(step(incident(), DATADOG, part, Operation.OPEN)).path("id").asText();

        var found = run(step(incident(), DATADOG, part, Operation.FIND));

        assertThat(found.findValuesAsText("id")).containsExactly(id);
        assertThat(found.findValuesAsText("key")).containsExactly(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fusion id is ", "see "})
    void takesARecordThatMerelyMentionsOurKeyNotForOurs(String words) {
        sandbox.datadogIncident("SEV-1", words + ID);

        var found = run(step(incident(), DATADOG, "incident", Operation.FIND));

        assertThat(found.findValuesAsText("key")).doesNotContain(ID);
    }
}
