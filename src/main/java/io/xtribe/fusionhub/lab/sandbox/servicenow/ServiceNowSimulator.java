package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;
import io.xtribe.fusionhub.lab.sandbox.simulator.Simulator;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.POST;

/**
 * Simulates a ServiceNow instance: the incident table, its journal, the lookups and the Business Rule that
 * reports to the hub. It follows platforms/servicenow.md, which names the vendor's documentation for each.
 */
public final class ServiceNowSimulator implements Simulator {
    private final Workshop workshop;
    private final Directory directory;
    private final IncidentColumns columns;
    private final Journal journal = new Journal();
    private final BusinessRule rule;
    private final IncidentTable incidents;
    private final Tokens tokens;

    public ServiceNowSimulator(Workshop workshop) {
        this.workshop = workshop;
        directory = new Directory(workshop.settings());
        columns = new IncidentColumns(workshop.settings());
        rule = new BusinessRule(workshop, directory);
        incidents = new IncidentTable(workshop.settings(), columns, directory, journal, rule);
        tokens = new Tokens(workshop.settings());
    }

    @Override
    public Platform platform() {
        return Platform.SERVICENOW;
    }

    @Override
    public String requestIdHeader() {
        return "X-Transaction-ID";
    }

    @Override
    public void operations(Operations operations) {
        operations.open(POST, "/oauth_token.do", "token", tokens::issue);
        new TableApi(workshop, incidents, columns, journal, directory).operations(operations);
    }

    @Override
    public void pages(Router router) {
        new ServiceNowPages(incidents, columns, journal, directory).mount(router);
    }

    @Override
    public void authenticate(Exchange call) {
        String header = call.header("Authorization");
        if (header == null || !(isUser(header) || isToken(header))) {
            throw new Refusal(ServiceNowErrors.of(401, null));
        }
    }

    private boolean isUser(String header) {
        String user = workshop.settings().credential("servicenow.username") + ":"
                + workshop.settings().credential("servicenow.password");
        String expected = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return header.regionMatches(true, 0, "Basic ", 0, 6)
                && header.substring(6).trim().equals(expected);
    }

    private boolean isToken(String header) {
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                && tokens.accepts(header.substring(7).trim());
    }

    @Override
    public Answer error(String path, int status, String detail) {
        return status == 401 && path.endsWith("/oauth_token.do")
                ? Tokens.refusal()
                : ServiceNowErrors.of(status, detail);
    }

    /**
     * A person logs or changes an incident; any writable column may be given, and {@code caller} by name. On a clone, another
     * instance with the same ids and secret, only its webhook is seen: nothing of it is kept.
     */
    @Override
    public JsonNode act(String target, String id, JsonNode what) {
        if (!target.equals("incidents") && !target.equals("clones")) {
            throw new IllegalArgumentException("servicenow has incidents and clones, not " + target);
        }
        IncidentTable table = target.equals("incidents") ? incidents : cloned(what);
        ObjectNode wanted = what.deepCopy();
        if (what.has("caller")) {
            wanted.put("caller_id", directory.userId(what.path("caller").asText()));
        } else if (id == null && !what.has("caller_id")) {
            wanted.put("caller_id", Directory.CALLER);
        }
        Instant at = Instant.now().minusSeconds(60L * what.path("minutesAgo").asLong(0));
        Map<String, String> row = id == null
                ? table.insert(wanted, Directory.PERSON, Directory.CALLER, at)
                : table.update(itsOwn(table, incidents.find(id)), wanted, Directory.PERSON, Directory.CALLER);
        return shortly(row);
    }

    private IncidentTable cloned(JsonNode what) {
        String name = what.path("instance").asText("acmetest");
        return new IncidentTable(workshop.settings(), columns, directory, new Journal(), rule.on(name));
    }

    /** A clone has a row of its own with the same id. */
    private Map<String, String> itsOwn(IncidentTable table, Map<String, String> row) {
        return table == incidents ? row : new LinkedHashMap<>(row);
    }

    @Override
    public ArrayNode records() {
        ArrayNode all = Json.array();
        incidents.all().forEach(row -> all.add(shortly(row)));
        return all;
    }

    private ObjectNode shortly(Map<String, String> row) {
        ObjectNode entry = Json.object()
                .put("kind", "incident")
                .put("id", row.get("sys_id"))
                .put("number", row.get("number"))
                .put("url", workshop.url(Platform.SERVICENOW, "/incident.do?sys_id=" + row.get("sys_id")))
                .put("key", row.get("correlation_id").isEmpty() ? null : row.get("correlation_id"))
                .put("status", row.get("state"))
                .put("priority", row.get("priority"))
                .put("title", row.get("short_description"))
                .put("description", row.get("description"))
                .put("correlation_display", row.get("correlation_display"))
                .put("assignment_group", row.get("assignment_group"));
        ObjectNode links = entry.putObject("columns");
        columns.links().forEach(column -> {
            if (!row.getOrDefault(column, "").isEmpty()) {
                links.put(column, row.get(column));
            }
        });
        for (String element : IncidentColumns.JOURNALS) {
            ArrayNode texts = entry.putArray(element);
            journal.of(row.get("sys_id")).stream()
                    .filter(written -> written.get("element").equals(element))
                    .forEach(written -> texts.add(written.get("value")));
        }
        return entry;
    }

    @Override
    public void reset() {
        incidents.clear();
        journal.clear();
        tokens.clear();
    }
}
