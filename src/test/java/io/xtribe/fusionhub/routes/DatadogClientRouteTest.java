package io.xtribe.fusionhub.routes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.datadog.api.client.ApiClient;
import com.datadog.api.client.ApiException;
import com.datadog.api.client.v1.api.MonitorsApi;
import com.datadog.api.client.v1.model.Monitor;
import com.datadog.api.client.v1.model.MonitorOverallStates;
import com.datadog.api.client.v2.api.CaseManagementApi;
import com.datadog.api.client.v2.api.IncidentsApi;
import com.datadog.api.client.v2.model.AttachmentData;
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
import com.datadog.api.client.v2.model.CaseResponse;
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
import com.datadog.api.client.v2.model.IncidentFieldAttributes;
import com.datadog.api.client.v2.model.IncidentFieldAttributesMultipleValue;
import com.datadog.api.client.v2.model.IncidentFieldAttributesSingleValue;
import com.datadog.api.client.v2.model.IncidentFieldAttributesSingleValueType;
import com.datadog.api.client.v2.model.IncidentResponseData;
import com.datadog.api.client.v2.model.IncidentSeverity;
import com.datadog.api.client.v2.model.IncidentType;
import com.datadog.api.client.v2.model.IncidentUpdateAttributes;
import com.datadog.api.client.v2.model.IncidentUpdateData;
import com.datadog.api.client.v2.model.IncidentUpdateRequest;
import com.datadog.api.client.v2.model.ProjectRelationship;
import com.datadog.api.client.v2.model.ProjectRelationshipData;
import com.datadog.api.client.v2.model.ProjectResourceType;
import com.datadog.api.client.v2.model.TimelineCellResource;
import com.datadog.api.client.v2.model.TimelineCellType;
import com.datadog.api.client.v2.model.TimelineResponse;
import com.datadoghq.jakarta.ws.rs.core.GenericType;
import com.datadoghq.org.glassfish.jersey.apache.connector.ApacheConnectorProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.Operation;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Datadog's <a href="https://github.com/DataDog/datadog-api-client-java">own client</a> on the sandbox: it makes every
 * call that the hub makes, and reads with its own types what the hub wrote.
 */
class DatadogClientRouteTest extends PlatformRouteTest {

    private static final String DATADOG = "datadog";
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

    private ApiClient client;
    private CaseManagementApi cases;
    private IncidentsApi incidents;
    private MonitorsApi monitors;

    @Override
    List<String> routeFiles() {
        return List.of("converge.camel.yaml", "platforms/datadog.camel.yaml");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.datadog.case-attribute", "fusion_id", "fusion.datadog.incident-field", "fusion_id");
    }

    @BeforeEach
    void client() {
        client = client("sandbox-api-key");
        cases = new CaseManagementApi(client);
        incidents = new IncidentsApi(client);
        monitors = new MonitorsApi(client);
    }

    private static ApiClient client(String apiKey) {
        var client = new ApiClient();
        // The JDK's own connection, which is the default, cannot PATCH.
        client.setClientConfig(client.getDefaultClientConfig().connectorProvider(new ApacheConnectorProvider()));
        client.setBasePath(sandbox.url(DATADOG));
        client.configureApiKeys(Map.of("apiKeyAuth", apiKey, "appKeyAuth", "sandbox-app-key"));
        // Datadog counts its incidents as unstable; the client wants to be told that we know.
        for (var operation : List.of(
                "createIncident",
                "createIncidentAttachment",
                "getIncident",
                "listIncidentAttachments",
                "listIncidents",
                "searchIncidents",
                "updateIncident")) {
            client.setUnstableOperationEnabled("v2." + operation, true);
        }
        return client;
    }

    /** For what this version of the client has no method yet: its transport and its types. */
    private <T> T call(String method, String path, Object body, GenericType<T> type) throws ApiException {
        var json = new String[] {"application/json"};
        var builder = client.createBuilder(
                "v2.CaseManagementApi." + method + path,
                path,
                List.of(),
                new HashMap<>(),
                new HashMap<>(),
                json,
                new String[] {"apiKeyAuth", "appKeyAuth"});
        return client.invokeAPI(method, builder, new HashMap<>(), json, body, new HashMap<>(), false, type)
                .getData();
    }

    private List<TimelineCellResource> timeline(String caseId) throws ApiException {
        return call("GET", "/api/v2/cases/" + caseId + "/timelines", null, new GenericType<TimelineResponse>() {})
                .getData();
    }

    private Incident opened(String part) {
        return with(incident(), DATADOG, part, referenceOf(run(step(incident(), DATADOG, part, Operation.OPEN))));
    }

    private static String id(Incident incident, String part) {
        return incident.part(DATADOG, part).reference().id();
    }

    private static String text(IncidentResponseData incident, String field) {
        return ((IncidentFieldAttributesSingleValue)
                        incident.getAttributes().getFields().get(field).getActualInstance())
                .getValue();
    }

    private static List<String> texts(IncidentResponseData incident, String field) {
        return ((IncidentFieldAttributesMultipleValue)
                        incident.getAttributes().getFields().get(field).getActualInstance())
                .getValue();
    }

    @Test
    void readsTheCaseThatTheHubOpened() throws ApiException {
        var opened = opened("case");

        var found = cases.searchCases(new CaseManagementApi.SearchCasesOptionalParameters()
                .filter("fusion_id:\"" + ID + "\"")
                .pageSize(100L));

        assertThat(found.getData()).singleElement().satisfies(read -> {
            assertThat(read.unparsed).isFalse();
            assertThat(read.getId()).isEqualTo(id(opened, "case"));
            assertThat(read.getType()).isEqualTo(CaseResourceType.CASE);
            assertThat(read.getAttributes().getKey())
                    .isEqualTo(opened.part(DATADOG, "case").reference().number());
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
                .satisfies(hit -> assertThat(hit.getData().getId()).isEqualTo(id(opened, "incident")));
        var read = incidents.getIncident(id(opened, "incident")).getData();
        assertThat(read.unparsed).isFalse();
        assertThat(read.getType()).isEqualTo(IncidentType.INCIDENTS);
        assertThat(read.getAttributes().unparsed).isFalse();
        assertThat("#" + read.getAttributes().getPublicId())
                .isEqualTo(opened.part(DATADOG, "incident").reference().number());
        assertThat(read.getAttributes().getTitle()).isEqualTo("[P1] checkout latency above 2 s");
        assertThat(read.getAttributes().getSeverity()).isEqualTo(IncidentSeverity.SEV_1);
        assertThat(read.getAttributes().getState()).isEqualTo("active");
        assertThat(read.getAttributes().getCustomerImpacted()).isFalse();
        assertThat(text(read, "summary")).contains("p95 is 3.1 s", ID);
        assertThat(texts(read, "fusion_id")).containsExactly(ID);
    }

    @Test
    void readsWhatTheHubLinkedTheCaseWith() throws ApiException {
        var both = with(
                opened("incident"),
                DATADOG,
                "case",
                referenceOf(run(step(incident(), DATADOG, "case", Operation.OPEN))));
        var incident = both.part(DATADOG, "incident").reference();

        run(link(both, DATADOG, "case", links(DATADOG, incident, "pagerduty", pagerDutyIncident)));

        assertThat(timeline(id(both, "case"))).singleElement().satisfies(cell -> {
            assertThat(cell.getAttributes().getType()).isEqualTo(TimelineCellType.COMMENT);
            assertThat(message(cell)).contains(incident.url(), pagerDutyIncident.url());
        });
        assertThat(cases.getCase(id(both, "case")).getData().unparsed).isFalse();
    }

    @Test
    void readsWhatTheHubAttachedToTheIncident() throws ApiException {
        var opened = opened("incident");

        run(link(opened, DATADOG, "incident", links("pagerduty", pagerDutyIncident, "servicenow", serviceNowIncident)));

        assertThat(incidents.listIncidentAttachments(id(opened, "incident")).getData())
                .allMatch(attachment -> !attachment.unparsed)
                .allMatch(attachment -> attachment
                        .getAttributes()
                        .getAttachmentType()
                        .equals(AttachmentDataAttributesAttachmentType.LINK))
                .extracting(DatadogClientRouteTest::url)
                .containsExactlyInAnyOrder(pagerDutyIncident.url(), serviceNowIncident.url());
    }

    @Test
    void readsWhatTheHubUpdated() throws ApiException {
        var opened = opened("incident");
        var both = with(opened, DATADOG, "case", referenceOf(run(step(incident(), DATADOG, "case", Operation.OPEN))));

        run(step(both.desiring(Status.RESOLVED, Priority.P2), DATADOG, "case", Operation.UPDATE));
        run(step(both.desiring(Status.RESOLVED, Priority.P2), DATADOG, "incident", Operation.UPDATE));

        Case closed = cases.getCase(id(both, "case")).getData();
        assertThat(closed.getAttributes().getPriority()).isEqualTo(CasePriority.P2);
        assertThat(closed.getAttributes().getStatus()).isEqualTo(CaseStatus.CLOSED);
        assertThat(closed.getAttributes().getClosedAt()).isNotNull();
        var resolved = incidents.getIncident(id(both, "incident")).getData().getAttributes();
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
        var stranger = new CaseManagementApi(client("wrong"));

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
                                        .putFieldsItem("severity", dropdown("SEV-2")))))
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
        var linked = call(
                "POST",
                "/api/v2/cases/" + made.getId() + "/relationships/incidents",
                Map.of("data", Map.of("id", incident.getId(), "type", "incidents")),
                new GenericType<CaseResponse>() {});
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
                                .attributes(
                                        new IncidentUpdateAttributes().putFieldsItem("state", dropdown("resolved")))));
        monitors.getMonitor(sandbox.datadogAlert("P1", "slow").path("monitor").asLong());

        // Then
        assertThat(linked.getData().getId()).isEqualTo(made.getId());
        var after = cases.getCase(made.getId()).getData().getAttributes();
        assertThat(after.getPriority()).isEqualTo(CasePriority.P3);
        assertThat(after.getStatus()).isEqualTo(CaseStatus.IN_PROGRESS);
        assertThat(message(comment.getData().get(0))).isEqualTo("hello");
        assertThat(timeline(made.getId())).hasSize(1);
        assertThat(url(attached.getData())).isEqualTo("https://acme.pagerduty.test/incidents/PD1");
        assertThat(incidents.listIncidentAttachments(incident.getId()).getData())
                .hasSize(1);
        assertThat(updated.getData().getAttributes().getState()).isEqualTo("resolved");
        assertThat(new TreeSet<>(calls(DATADOG))).isEqualTo(new TreeSet<>(CALLS_OF_THE_HUB));
    }

    private static IncidentFieldAttributes dropdown(String value) {
        return new IncidentFieldAttributes(new IncidentFieldAttributesSingleValue()
                .type(IncidentFieldAttributesSingleValueType.DROPDOWN)
                .value(value));
    }

    private static String message(TimelineCellResource cell) {
        return cell.getAttributes()
                .getCellContent()
                .getTimelineCellContentComment()
                .getMessage();
    }

    private static String url(AttachmentData attachment) {
        return attachment.getAttributes().getAttachment().getDocumentUrl();
    }
}
