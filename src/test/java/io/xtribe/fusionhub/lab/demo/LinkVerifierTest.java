package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a real sandbox: what is there is found, and what is not is named. */
class LinkVerifierTest {
    private Sandbox sandbox;
    private LinkedRecords records;
    private LinkVerifier verifier;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        records = new LinkedRecords(sandbox.url());
        Web web = new Web();
        verifier = new LinkVerifier(new PlatformReader(web, sandbox.url()), web);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void findsEveryLink() throws IOException, InterruptedException {
        // Given
        records.link(null, null);
        // When
        List<RecordView> views = verifier.verify(records.incident());
        // Then
        assertThat(LinkVerifier.missing(views)).isEmpty();
        assertThat(views).extracting(RecordView::place).containsExactly(Place.values());
        assertThat(views)
                .extracting(RecordView::shown)
                .containsExactly(
                        List.of("servicenow", "pagerduty"),
                        List.of("incident", "servicenow", "pagerduty"),
                        List.of("datadog", "pagerduty"),
                        List.of("datadog", "servicenow"));
    }

    @ParameterizedTest
    @CsvSource({
        "DATADOG_INCIDENT, SERVICENOW",
        "DATADOG_INCIDENT, PAGERDUTY",
        "DATADOG_CASE, SERVICENOW",
        "DATADOG_CASE, PAGERDUTY",
        "SERVICENOW, DATADOG_INCIDENT",
        "SERVICENOW, PAGERDUTY",
        "PAGERDUTY, DATADOG_INCIDENT",
        "PAGERDUTY, SERVICENOW"
    })
    void namesTheOneLinkThatIsMissing(Place in, Place to) throws IOException, InterruptedException {
        // Given
        records.link(in, to);
        // When
        List<String> missing = LinkVerifier.missing(verifier.verify(records.incident()));
        // Then
        assertThat(missing)
                .singleElement()
                .asString()
                .startsWith(in.label())
                .contains("does not show " + to.platform(), records.url(to));
    }

    @Test
    void namesACaseThatIsNotJoinedWithItsIncident() throws IOException, InterruptedException {
        // Given
        records.show(Place.DATADOG_CASE, "servicenow", records.url(Place.SERVICENOW));
        records.show(Place.DATADOG_CASE, "pagerduty", records.url(Place.PAGERDUTY));
        // When
        RecordView view = verifier.verify(records.incident()).get(Place.DATADOG_CASE.ordinal());
        // Then
        assertThat(view.missing()).singleElement().asString().contains("does not show incident");
    }

    @Test
    void doesNotTakeALongerUrlForTheLink() throws IOException, InterruptedException {
        // Given
        records.link(Place.SERVICENOW, Place.DATADOG_INCIDENT);
        records.workNote("datadog #10: " + records.url(Place.DATADOG_INCIDENT) + "0");
        // When
        List<String> missing = LinkVerifier.missing(verifier.verify(records.incident()));
        // Then
        assertThat(missing).singleElement().asString().contains("does not show datadog");
    }

    @Test
    void readsNotesWhereThereAreNoColumnsAndFields() throws IOException, InterruptedException {
        // Given
        records.link(null, null);
        records.settings("{\"features\":{\"pagerduty.customFields\":402,\"servicenow.linkColumns\":false}}");
        List<String> before = LinkVerifier.missing(verifier.verify(records.incident()));
        records.workNote(records.url(Place.DATADOG_INCIDENT) + " and " + records.url(Place.PAGERDUTY));
        records.pagerDutyNote(records.url(Place.DATADOG_INCIDENT) + " and " + records.url(Place.SERVICENOW));
        // When
        List<String> after = LinkVerifier.missing(verifier.verify(records.incident()));
        // Then
        assertThat(before).hasSize(4);
        assertThat(after).isEmpty();
    }

    @Test
    void namesAUrlThatOpensNoPage() throws IOException, InterruptedException {
        // Given
        records.link(null, null);
        records.reference(Place.DATADOG_CASE).put("url", sandbox.url() + "/datadog/cases/SANDBOX-99");
        // When
        List<String> missing = LinkVerifier.missing(verifier.verify(records.incident()));
        // Then
        assertThat(missing)
                .singleElement()
                .asString()
                .startsWith("Datadog case")
                .contains("SANDBOX-99", "404");
    }

    @Test
    void namesARecordThatIsNotThere() throws IOException, InterruptedException {
        // Given
        records.link(null, null);
        records.reference(Place.PAGERDUTY).removeAll();
        // When
        List<String> missing = LinkVerifier.missing(verifier.verify(records.incident()));
        // Then
        assertThat(missing).contains("there is no PagerDuty record").hasSize(4);
    }

    @Test
    void namesARecordThatThePlatformDoesNotKnow() throws IOException, InterruptedException {
        // Given
        records.link(null, null);
        records.reference(Place.SERVICENOW).put("id", "00000000000000000000000000000000");
        // When
        List<String> missing = LinkVerifier.missing(verifier.verify(records.incident()));
        // Then
        assertThat(missing)
                .singleElement()
                .asString()
                .startsWith("ServiceNow INC")
                .contains("cannot be read", "404");
    }
}
