package io.xtribe.fusionhub.routes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.datadog.api.client.ApiClient;
import com.datadog.api.client.ApiException;
import com.datadog.api.client.v1.api.MonitorsApi;
import com.datadog.api.client.v2.api.CaseManagementApi;
import com.datadog.api.client.v2.api.IncidentsApi;
import com.datadog.api.client.v2.model.AttachmentData;
import com.datadog.api.client.v2.model.CaseResponse;
import com.datadog.api.client.v2.model.IncidentFieldAttributes;
import com.datadog.api.client.v2.model.IncidentFieldAttributesMultipleValue;
import com.datadog.api.client.v2.model.IncidentFieldAttributesSingleValue;
import com.datadog.api.client.v2.model.IncidentFieldAttributesSingleValueType;
import com.datadog.api.client.v2.model.IncidentResponseData;
import com.datadog.api.client.v2.model.TimelineCellResource;
import com.datadog.api.client.v2.model.TimelineResponse;
import com.datadoghq.jakarta.ws.rs.core.GenericType;
import com.datadoghq.org.glassfish.jersey.apache.connector.ApacheConnectorProvider;

/**
 * Datadog's <a href="https://github.com/DataDog/datadog-api-client-java">own client</a>, and what its generated types
 * leave to say for themselves.
 */
final class DatadogClient {

    final CaseManagementApi cases;
    final IncidentsApi incidents;
    final MonitorsApi monitors;

    private final ApiClient client = new ApiClient();

    /** @param url Datadog's address, that of the sandbox for example */
    DatadogClient(String url, String apiKey) {
        // The JDK's own connection, which is the default, cannot PATCH.
        client.setClientConfig(client.getDefaultClientConfig().connectorProvider(new ApacheConnectorProvider()));
        client.setBasePath(url);
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
        cases = new CaseManagementApi(client);
        incidents = new IncidentsApi(client);
        monitors = new MonitorsApi(client);
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

    List<TimelineCellResource> timeline(String caseId) throws ApiException {
        return call("GET", "/api/v2/cases/" + caseId + "/timelines", null, new GenericType<TimelineResponse>() {})
                .getData();
    }

    CaseResponse link(String caseId, String incidentId) throws ApiException {
        return call(
                "POST",
                "/api/v2/cases/" + caseId + "/relationships/incidents",
                Map.of("data", Map.of("id", incidentId, "type", "incidents")),
                new GenericType<CaseResponse>() {});
    }

    static String text(IncidentResponseData incident, String field) {
        return ((IncidentFieldAttributesSingleValue)
                        incident.getAttributes().getFields().get(field).getActualInstance())
                .getValue();
    }

    static List<String> texts(IncidentResponseData incident, String field) {
        return ((IncidentFieldAttributesMultipleValue)
                        incident.getAttributes().getFields().get(field).getActualInstance())
                .getValue();
    }

    static IncidentFieldAttributes dropdown(String value) {
        return new IncidentFieldAttributes(new IncidentFieldAttributesSingleValue()
                .type(IncidentFieldAttributesSingleValueType.DROPDOWN)
                .value(value));
    }

    static String message(TimelineCellResource cell) {
        return cell.getAttributes()
                .getCellContent()
                .getTimelineCellContentComment()
                .getMessage();
    }

    static String url(AttachmentData attachment) {
        return attachment.getAttributes().getAttachment().getDocumentUrl();
    }
}
