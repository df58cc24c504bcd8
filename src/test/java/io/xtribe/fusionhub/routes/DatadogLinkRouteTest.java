package io.xtribe.fusionhub.routes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Links in Datadog's records, those in second records that are closed among them. */
@VendorOperations(
        platform = "datadog",
        value = {
            "CommentCase",
            "CreateCase",
            "CreateIncident",
            "CreateIncidentAttachment",
            "LinkIncident",
            "ListCaseTimeline",
            "ListIncidentAttachments",
            "UpdateIncident",
            "UpdateStatus"
        })
class DatadogLinkRouteTest extends DatadogRouteFixture {

    @Test
    void joinsTheCaseOnceAndCommentsWhatIsNew() {
        // Given
        var both = openedBoth();
        var incident = reference(both, "incident");

        // When
        var first = run(link(both, DATADOG, "case", links(DATADOG, incident, "pagerduty", pagerDutyIncident)));
        var second = run(link(both, DATADOG, "case", links("servicenow", serviceNowIncident)));

        // Then
        assertThat(shown(first)).containsExactly(DATADOG, "pagerduty");
        assertThat(shown(second)).containsExactly("servicenow");
        assertThat(texts(record("case").path("incidents"))).containsExactly(incident.id());
        assertThat(texts(record("case").path("comments")))
                .containsExactlyInAnyOrder(
                        "[fusion:" + ID + "]\n" + DATADOG + " " + incident.number() + ": " + incident.url()
                                + "\npagerduty #9: " + pagerDutyIncident.url(),
                        "[fusion:" + ID + "]\nservicenow INC0010002: " + serviceNowIncident.url());
        assertThat(calls(DATADOG))
                .containsExactly("create-incident", "create-case", "link-incident", "comment-case", "comment-case");
    }

    @Test
    void commentsOnceWhenTheAnswerToTheCommentWasLost() {
        // Given
        var both = openedBoth();
        var link = link(
                both, DATADOG, "case", links(DATADOG, reference(both, "incident"), "pagerduty", pagerDutyIncident));
        sandbox.fault(DATADOG, "comment-case").drop().inject();
        assertThat(failure(link).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);

        // When
        var answer = run(afterUnknown(link));

        // Then
        assertThat(shown(answer)).containsExactly(DATADOG, "pagerduty");
        assertThat(record("case").path("comments")).hasSize(1);
        assertThat(calls(DATADOG, "link-incident")).isEqualTo(1);
        assertThat(calls(DATADOG, "comment-case")).isEqualTo(1);
    }

    @Test
    void writesOurKeyIntoTheEmptySummaryOfADeclaredIncident() {
        // Given
        var declared = declared(false, "");

        // When
        run(link(declared, DATADOG, "case", links(DATADOG, reference(declared, "incident"))));

        // Then
        assertThat(record("incident").path("summary").asText()).isEqualTo("Fusion id: " + ID);
        assertThat(texts(record("case").path("incidents")))
                .containsExactly(reference(declared, "incident").id());
    }

    @Test
    void leavesTheSummaryThatAPersonWroteAlone() {
        var declared = declared(true, "Customers cannot pay");

        run(link(declared, DATADOG, "case", links(DATADOG, reference(declared, "incident"))));

        assertThat(calls(DATADOG, "update-incident")).isZero();
        assertThat(record("incident").path("summary").asText()).isEqualTo("Customers cannot pay");
    }

    @Test
    void attachesTheLinksToTheIncident() {
        var opened = opened("incident");

        var answer = run(link(
                opened, DATADOG, "incident", links("pagerduty", pagerDutyIncident, "servicenow", serviceNowIncident)));

        assertThat(shown(answer)).containsExactly("pagerduty", "servicenow");
        assertThat(record("incident").path("attachments").findValuesAsText("url"))
                .containsExactlyInAnyOrder(pagerDutyIncident.url(), serviceNowIncident.url());
        assertThat(record("incident").path("attachments").findValuesAsText("title"))
                .containsExactlyInAnyOrder("pagerduty #9", "servicenow INC0010002");
        assertThat(calls(DATADOG)).containsExactly("create-incident", "create-attachment", "create-attachment");
    }

    @Test
    void attachesOnlyWhatIsMissingAfterAnUnknownOutcome() {
        // Given one of two attachments, of which nobody knows
        var opened = opened("incident");
        sandbox.fault(DATADOG, "create-attachment").drop().inject();
        assertThat(failure(link(opened, DATADOG, "incident", links("pagerduty", pagerDutyIncident)))
                        .kind())
                .isEqualTo(Kind.UNKNOWN_OUTCOME);

        // When
        var answer = run(afterUnknown(link(
                opened, DATADOG, "incident", links("pagerduty", pagerDutyIncident, "servicenow", serviceNowIncident))));

        // Then
        assertThat(shown(answer)).containsExactly("pagerduty", "servicenow");
        assertThat(record("incident").path("attachments").findValuesAsText("url"))
                .containsExactlyInAnyOrder(pagerDutyIncident.url(), serviceNowIncident.url());
        assertThat(calls(DATADOG, "list-attachments")).isEqualTo(1);
        assertThat(calls(DATADOG, "create-attachment")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "incident, list-attachments, 403",
        "incident, list-attachments, 404",
        "case, list-case-timeline, 404",
        "case, list-case-timeline, 403"
    })
    void writesTheLinkWhereWhatStandsMayNotBeReadAndSaysSo(String part, String operation, int status) {
        var opened = openedBoth();
        sandbox.fault(DATADOG, operation).status(status).inject();

        var answer = run(afterUnknown(link(opened, DATADOG, part, links("pagerduty", pagerDutyIncident))));

        assertThat(shown(answer)).containsExactly("pagerduty");
        assertThat(record(part).toString()).contains(pagerDutyIncident.url());
        assertThat(remark()).contains("may stand there twice", String.valueOf(status));
    }

    @Test
    void saysWhyALinkWasRefused() {
        var opened = opened("incident");
        sandbox.fault(DATADOG, "create-attachment").status(400).always().inject();

        var failure = failure(link(
                opened, DATADOG, "incident", links("pagerduty", pagerDutyIncident, "servicenow", serviceNowIncident)));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.status()).isEqualTo(400);
    }

    @Test
    void closesASecondCaseWithAComment() {
        // Given
        var opened = opened("case");
        var second = open("case").path("id").asText();

        // When
        run(close(opened, DATADOG, "case", second));

        // Then
        assertThat(records(DATADOG, "case")).anySatisfy(record -> {
            assertThat(record.path("id").asText()).isEqualTo(second);
            assertThat(record.path("status").asText()).isEqualTo("Closed");
            assertThat(texts(record.path("comments")))
                    .singleElement()
                    .asString()
                    .contains(reference(opened, "case").url());
        });
        assertThat(calls(DATADOG)).containsExactly("create-case", "create-case", "comment-case", "update-case-status");
    }

    @Test
    void resolvesASecondIncidentWithALink() {
        // Given
        var opened = opened("incident");
        var second = open("incident").path("id").asText();

        // When
        run(close(opened, DATADOG, "incident", second));

        // Then
        assertThat(records(DATADOG, "incident")).anySatisfy(record -> {
            assertThat(record.path("id").asText()).isEqualTo(second);
            assertThat(record.path("status").asText()).isEqualTo("resolved");
            assertThat(record.path("attachments").findValuesAsText("url"))
                    .containsExactly(reference(opened, "incident").url());
        });
        assertThat(calls(DATADOG))
                .containsExactly("create-incident", "create-incident", "create-attachment", "update-incident");
    }

    /** An incident that a person declared, with our case beside it. */
    private Incident declared(boolean keyTaken, String summary) {
        var record = sandbox.datadogIncident("SEV-1", "Checkout is down", summary);
        var reference = new Reference(
                record.path("id").asText(), "#1", record.path("url").asText(), false, keyTaken);
        return with(with(incident(), DATADOG, "incident", reference), DATADOG, "case", referenceOf(open("case")));
    }
}
