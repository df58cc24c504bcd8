package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person or a platform wrote before the title, and what each platform is given. */
class BareTitleTest {

    private static final Map<String, String> OPENS = Map.of(
            "pagerduty-open", "/incident/title",
            "pagerduty-open-plain", "/incident/title",
            "servicenow-open", "/short_description",
            "datadog-open-case", "/data/attributes/title",
            "datadog-open-incident", "/data/attributes/title");

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            Database is down;Database is down
            [P1] Database is down;Database is down
            [P1]Database is down;Database is down
              [ p1 ] Database is down;Database is down
            [P2] Database is down;Database is down
            (P1) Database is down;Database is down
            P1: Database is down;Database is down
            p1 : Database is down;Database is down
            P3: Database is down;Database is down
            P1 - Database is down;Database is down
            P1 – Database is down;Database is down
            P1 | Database is down;Database is down
            [P1]: Database is down;Database is down
            [P1] - Database is down;Database is down
            [P1] [P1] P1: Database is down;Database is down
            P1 Database is down;Database is down
            P2 Database is down;P2 Database is down
            p1-db01 is down;p1-db01 is down
            P1-db01 is down;P1-db01 is down
            P10: ten;P10: ten
            [P6] six;[P6] six
            [checkout] P1: is not at the beginning;[checkout] P1: is not at the beginning
            [P1];[P1]
            P1:;P1:
            """)
    void takesThePriorityFromTheBeginning(String title, String bare) {
        assertThat(BareTitle.of(title, Priority.P1)).isEqualTo(bare);
    }

    @Property
    void noMappingWritesThePriorityTwice(@ForAll("titles") String title, @ForAll Priority priority) {
        OPENS.forEach((mapping, place) -> {
            var platform = mapping.substring(0, mapping.indexOf('-'));
            var part = mapping.endsWith("-case") ? "case" : "incident";
            var view = RequestMappingFixture.view(
                    named(title, priority), platform, part, Operation.OPEN, RequestMappingFixture.NO_TARGET);
            assertThat(titleOf(mapping, view, place)).as(mapping).isEqualTo("[" + priority + "] Database is down");
        });
    }

    @Provide
    Arbitrary<String> titles() {
        var mark = Arbitraries.of("[P1] ", "[P2]", "P1: ", "p4: ", "(P5) ", "P3 - ", "[p1] | ", " ");
        return mark.list().ofMaxSize(4).map(marks -> String.join("", marks) + "Database is down");
    }

    private static String titleOf(String mapping, JsonNode view, String place) {
        return Mapping.apply(mapping, view).at(place).asText();
    }

    private static Incident named(String title, Priority priority) {
        return Samples.newIncident(title, priority, Status.OPEN);
    }
}
