package io.xtribe.fusionhub.routes;

import java.util.Set;
import java.util.TreeSet;

import com.datadog.api.client.ApiException;
import com.datadog.api.client.v1.api.MonitorsApi;
import com.datadog.api.client.v1.model.Monitor;
import com.datadog.api.client.v1.model.MonitorOverallStates;
import com.datadog.api.client.v2.api.CaseManagementApi;
import com.datadog.api.client.v2.api.IncidentsApi;
import com.datadog.api.client.v2.model.AttachmentDataAttributesAttachmentType;
import com.datadog.api.client.v2.model.Case;
import com.datadog.api.client.v2.model.CaseComment;
import com.datadog.api.client.v2.model.CaseCommentAttributes;
import com.datadog.api.client.v2.model.CaseCommentRequest;
import com.datadog.api.client.v2.model.CaseCreate;
import com.datadog.api.client.v2.model.CaseCreateAttributes;
import com.datadog.api.client.v2.model.CaseCreateRelationships;
import com.datadog.api.client.v2.model.CaseCreateRequest;
import com.datadog.api.client.v2.model.CasePriority;
import com.datadog.api.client.v2.model.CaseResourceType;
import com.datadog.api.client.v2.model.CaseStatus;
import com.datadog.api.client.v2.model.CaseUpdatePriority;
import com.datadog.api.client.v2.model.CaseUpdatePriorityAttributes;
import com.datadog.api.client.v2.model.CaseUpdatePriorityRequest;
import com.datadog.api.client.v2.model.CaseUpdateStatus;
import com.datadog.api.client.v2.model.CaseUpdateStatusAttributes;
import com.datadog.api.client.v2.model.CaseUpdateStatusRequest;
import com.datadog.api.client.v2.model.CreateAttachmentRequest;
import com.datadog.api.client.v2.model.CreateAttachmentRequestData;
import com.datadog.api.client.v2.model.CreateAttachmentRequestDataAttributes;
import com.datadog.api.client.v2.model.CreateAttachmentRequestDataAttributesAttachment;
import com.datadog.api.client.v2.model.IncidentAttachmentType;
import com.datadog.api.client.v2.model.IncidentCreateAttributes;
import com.datadog.api.client.v2.model.IncidentCreateData;
import com.datadog.api.client.v2.model.IncidentCreateRequest;
import com.datadog.api.client.v2.model.IncidentSeverity;
import com.datadog.api.client.v2.model.IncidentType;
import com.datadog.api.client.v2.model.IncidentUpdateAttributes;
import com.datadog.api.client.v2.model.IncidentUpdateData;
import com.datadog.api.client.v2.model.IncidentUpdateRequest;
import com.datadog.api.client.v2.model.ProjectRelationship;
import com.datadog.api.client.v2.model.ProjectRelationshipData;
import com.datadog.api.client.v2.model.ProjectResourceType;
import com.datadog.api.client.v2.model.TimelineCellType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * {@link DatadogClient} on the sandbox: it makes every call that the hub makes, and reads with its own types what the hub
 * wrote.
 */
class DatadogClientRouteTest extends DatadogRouteFixture {

    private static final String PROJECT = "d4bbe1af-f36e-42f1-87c1-493ca35c320e";
    private static final String STANDARD = "00000000-0000-0000-0000-000000000001";

    /** What the routes of datadog.camel.yaml call, by the sandbox's names. */
    private static final Set<String> CALLS_OF_THE_HUB = Set.of(
            "comment-case",
            "create-attachment",
            "create-case",
            "create-incident",
            "get-case",
            "get-incident",
            "get-monitor",
            "link-incident",
            "list-attachments",
            "list-incidents",
            "list-case-timeline",
            "search-cases",
            "search-incidents",
            "update-case-priority",
            "update-case-status",
            "update-incident");

    private DatadogClient client;
    private CaseManagementApi cases;
    private IncidentsApi incidents;
    private MonitorsApi monitors;

    @BeforeEach
    void client() {
        client = client("sandbox-api-key");
        cases = client.cases;
        incidents = client.incidents;
        monitors = client.monitors;
    }

    private static DatadogClient client(String apiKey) {
        return new DatadogClient(sandbox.url(DATADOG), apiKey);
    }

    @Test
    void readsTheCaseThatTheHubOpened() throws ApiException {
        var opened = opened("case");

        var found = cases.searchCases(new CaseManagementApi.SearchCasesOptionalParameters()
                .filter("fusion_id:\"" + ID + "\"")
                .pageSize(100L));

        assertThat(found.getData()).singleElement().satisfies(read -> {
            assertThat(read.unparsed).isFalse();
            assertThat(read.getId()).isEqualTo(reference(opened, "case").id());
            assertThat(read.getType()).isEqualTo(CaseResourceType.CASE);
            assertThat(read.getAttributes().getKey())
                    .isEqualTo(reference(opened, "case").number());
            assertThat(read.getAttributes().getTitle()).isEqualTo("[P1] checkout latency above 2 s");
            assertThat(read.getAttributes().getPriority()).isEqualTo(CasePriority.P1);
            assertThat(read.getAttributes().getStatus()).isEqualTo(CaseStatus.OPEN);
            assertThat(read.getAttributes()
                            .getCustomAttributes()
                            .get("fusion_id")
                            .getValue()
                            .getActualInstance())
                    .isEqualTo(ID);
            assertThat(read.getRelationships().getProject().getData().getId()).isEqualTo(PROJECT);
        });
    }

    @Test
    void readsTheIncidentThatTheHubOpened() throws ApiException {
        var opened = opened("incident");

        var found = incidents.searchIncidents("fusion_id:\"" + ID + "\"");

        assertThat(found.getData().getAttributes().getIncidents())
                .singleElement()
                .satisfies(hit -> assertThat(hit.getData().getId())
                        .isEqualTo(reference(opened, "incident").id()));
        var read = incidents.getIncident(reference(opened, "incident").id()).getData();
        assertThat(read.unparsed).isFalse();
        assertThat(read.getType()).isEqualTo(IncidentType.INCIDENTS);
        assertThat(read.getAttributes().unparsed).isFalse();
        assertThat("#" + read.getAttributes().getPublicId())
                .isEqualTo(reference(opened, "incident").number());
        assertThat(read.getAttributes().getTitle()).isEqualTo("[P1] checkout latency above 2 s");
        assertThat(read.getAttributes().getSeverity()).isEqualTo(IncidentSeverity.SEV_1);
        assertThat(read.getAttributes().getState()).isEqualTo("active");
        assertThat(read.getAttributes().getCustomerImpacted()).isFalse();
        assertThat(DatadogClient.text(read, "summary")).contains("p95 is 3.1 s", ID);
        assertThat(DatadogClient.texts(read, "fusion_id")).containsExactly(ID);
    }

    @Test
    void readsWhatTheHubLinkedTheCaseWith() throws ApiException {
        var both = openedBoth();
        var incident = reference(both, "incident");

        run(link(both, DATADOG, "case", links(DATADOG, incident, "pagerduty", pagerDutyIncident)));

        assertThat(client.timeline(reference(both, "case").id()))
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.getAttributes().getType()).isEqualTo(TimelineCellType.COMMENT);
                    assertThat(DatadogClient.message(cell)).contains(incident.url(), pagerDutyIncident.url());
                });
        assertThat(cases.getCase(reference(both, "case").id()).getData().unparsed)
                .isFalse();
    }

    @Test
    void readsWhatTheHubAttachedToTheIncident() throws ApiException {
        var opened = opened("incident");

        run(link(opened, DATADOG, "incident", links("pagerduty", pagerDutyIncident, "servicenow", serviceNowIncident)));

        assertThat(incidents
                        .listIncidentAttachments(reference(opened, "incident").id())
                        .getData())
                .allMatch(attachment -> !attachment.unparsed)
                .allMatch(attachment -> attachment
                        .getAttributes()
                        .getAttachmentType()
                        .equals(AttachmentDataAttributesAttachmentType.LINK))
                .extracting(DatadogClient::url)
                .containsExactlyInAnyOrder(pagerDutyIncident.url(), serviceNowIncident.url());
    }

    @Test
    void readsWhatTheHubUpdated() throws ApiException {
        var both = openedBoth();

        run(step(both.desiring(Status.RESOLVED, Priority.P2), DATADOG, "case", Operation.UPDATE));
        run(step(both.desiring(Status.RESOLVED, Priority.P2), DATADOG, "incident", Operation.UPDATE));

        Case closed = cases.getCase(reference(both, "case").id()).getData();
        assertThat(closed.getAttributes().getPriority()).isEqualTo(CasePriority.P2);
        assertThat(closed.getAttributes().getStatus()).isEqualTo(CaseStatus.CLOSED);
        assertThat(closed.getAttributes().getClosedAt()).isNotNull();
        var resolved = incidents
                .getIncident(reference(both, "incident").id())
                .getData()
                .getAttributes();
        assertThat(resolved.getSeverity()).isEqualTo(IncidentSeverity.SEV_2);
        assertThat(resolved.getState()).isEqualTo("resolved");
        assertThat(resolved.getResolved()).isNotNull();
    }

    @Test
    void readsTheMonitorThatTheHubReads() throws ApiException {
        var monitor =
                sandbox.datadogAlert("P2", "checkout slow").path("monitor").asLong();

        Monitor read = monitors.getMonitor(monitor, new MonitorsApi.GetMonitorOptionalParameters().groupStates("all"));

        assertThat(read.unparsed).isFalse();
        assertThat(read.getId()).isEqualTo(monitor);
        assertThat(read.getPriority()).isEqualTo(2L);
        assertThat(read.getOverallState()).isEqualTo(MonitorOverallStates.ALERT);
        assertThat(read.getState().getGroups()).hasSize(1);
    }

    @Test
    void understandsTheRefusals() {
        var stranger = client("wrong").cases;

        assertThatThrownBy(() -> stranger.getCase("FUS-1"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(403));
        assertThatThrownBy(() -> cases.getCase("FUS-1"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        assertThatThrownBy(() -> incidents.getIncident("00000000-0000-0000-0000-000000000000"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    @Test
    void makesEveryCallThatTheHubMakes() throws ApiException {
        // When
        var incident = incidents
                .createIncident(new IncidentCreateRequest()
                        .data(new IncidentCreateData()
                                .type(IncidentType.INCIDENTS)
                                .attributes(new IncidentCreateAttributes()
                                        .title("by the client")
                                        .customerImpacted(false)
                                        .putFieldsItem("severity", DatadogClient.dropdown("SEV-2")))))
                .getData();
        var made = cases.createCase(new CaseCreateRequest()
                        .data(new CaseCreate()
                                .type(CaseResourceType.CASE)
                                .attributes(new CaseCreateAttributes()
                                        .title("by the client")
                                        .typeId(STANDARD)
                                        .priority(CasePriority.P2))
                                .relationships(new CaseCreateRelationships()
                                        .project(new ProjectRelationship()
                                                .data(new ProjectRelationshipData()
                                                        .id(PROJECT)
                                                        .type(ProjectResourceType.PROJECT))))))
                .getData();
        incidents.listIncidents(new IncidentsApi.ListIncidentsOptionalParameters().pageSize(1L));
        incidents.searchIncidents("state:active");
        incidents.getIncident(incident.getId());
        cases.searchCases();
        var linked = client.link(made.getId(), incident.getId());
        var comment = cases.commentCase(
                made.getId(),
                new CaseCommentRequest()
                        .data(new CaseComment()
                                .type(CaseResourceType.CASE)
                                .attributes(new CaseCommentAttributes().comment("hello"))));
        cases.updatePriority(
                made.getId(),
                new CaseUpdatePriorityRequest()
                        .data(new CaseUpdatePriority()
                                .type(CaseResourceType.CASE)
                                .attributes(new CaseUpdatePriorityAttributes().priority(CasePriority.P3))));
        cases.updateStatus(
                made.getId(),
                new CaseUpdateStatusRequest()
                        .data(new CaseUpdateStatus()
                                .type(CaseResourceType.CASE)
                                .attributes(new CaseUpdateStatusAttributes().status(CaseStatus.IN_PROGRESS))));
        var attached = incidents.createIncidentAttachment(
                incident.getId(),
                new CreateAttachmentRequest()
                        .data(new CreateAttachmentRequestData()
                                .type(IncidentAttachmentType.INCIDENT_ATTACHMENTS)
                                .attributes(new CreateAttachmentRequestDataAttributes()
                                        .attachmentType(AttachmentDataAttributesAttachmentType.LINK)
                                        .attachment(new CreateAttachmentRequestDataAttributesAttachment()
                                                .title("page")
                                                .documentUrl("https://acme.pagerduty.test/incidents/PD1")))));
        var updated = incidents.updateIncident(
                incident.getId(),
                new IncidentUpdateRequest()
                        .data(new IncidentUpdateData()
                                .id(incident.getId())
                                .type(IncidentType.INCIDENTS)
                                .attributes(new IncidentUpdateAttributes()
                                        .putFieldsItem("state", DatadogClient.dropdown("resolved")))));
        monitors.getMonitor(sandbox.datadogAlert("P1", "slow").path("monitor").asLong());

        // Then
        assertThat(linked.getData().getId()).isEqualTo(made.getId());
        var after = cases.getCase(made.getId()).getData().getAttributes();
        assertThat(after.getPriority()).isEqualTo(CasePriority.P3);
        assertThat(after.getStatus()).isEqualTo(CaseStatus.IN_PROGRESS);
        assertThat(DatadogClient.message(comment.getData().get(0))).isEqualTo("hello");
        assertThat(client.timeline(made.getId())).hasSize(1);
        assertThat(DatadogClient.url(attached.getData())).isEqualTo("https://acme.pagerduty.test/incidents/PD1");
        assertThat(incidents.listIncidentAttachments(incident.getId()).getData())
                .hasSize(1);
        assertThat(updated.getData().getAttributes().getState()).isEqualTo("resolved");
        assertThat(new TreeSet<>(calls(DATADOG))).isEqualTo(new TreeSet<>(CALLS_OF_THE_HUB));
    }
}
