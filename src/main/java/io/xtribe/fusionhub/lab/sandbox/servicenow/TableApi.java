package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

/** The Table API (ServiceNow documentation, c_TableAPI) on the tables that a hub uses. */
final class TableApi {
    private static final int DEFAULT_LIMIT = 10_000;

    private final Workshop workshop;
    private final IncidentTable incidents;
    private final IncidentColumns columns;
    private final Journal journal;
    private final Directory directory;
    private final TableView view;

    TableApi(
            Workshop workshop, IncidentTable incidents, IncidentColumns columns, Journal journal, Directory directory) {
        this.workshop = workshop;
        this.incidents = incidents;
        this.columns = columns;
        this.journal = journal;
        this.directory = directory;
        this.view = new TableView(workshop, directory, journal);
    }

    /** Both the newest and the versioned path. Version 1 differs (404 on an empty query) and is not simulated. */
    void operations(Operations operations) {
        for (String base : List.of("/api/now/table", "/api/now/v2/table")) {
            String incident = base + "/incident";
            operations.reads(GET, incident, "query-incidents", this::query);
            operations.writes(POST, incident, "create-incident", this::create);
            operations.reads(GET, incident + "/:sys_id", "get-incident", call -> result(200, show(about(call), call)));
            operations.writes(PATCH, incident + "/:sys_id", "update-incident", this::update);
            operations.writes(PUT, incident + "/:sys_id", "update-incident", this::update);
            operations.writes(DELETE, incident + "/:sys_id", "delete-incident", call -> {
                incidents.delete(about(call));
                call.committed();
                return Answer.empty(204);
            });
            operations.reads(GET, base + "/sys_journal_field", "query-journal", this::journal);
            operations.reads(GET, base + "/sys_choice", "query-choices", call -> table(call, directory.choices()));
            operations.reads(
                    GET, base + "/sys_properties", "query-properties", call -> table(call, directory.properties()));
            operations.reads(GET, base + "/sys_user", "query-users", call -> table(call, directory.users()));
            operations.reads(GET, base + "/sys_user_has_role", "query-roles", call -> table(call, directory.roles()));
            operations.reads(
                    GET,
                    base + "/sys_data_policy_rule",
                    "query-data-policies",
                    call -> table(call, directory.dataPolicyRules()));
            operations.reads(GET, base + "/sys_user_group", "query-groups", call -> table(call, directory.groups()));
        }
    }

    private Map<String, String> about(Exchange call) {
        Map<String, String> row = incidents.find(call.path("sys_id"));
        call.about(row.get("number"), key(row.get("correlation_id")), row.get("short_description"));
        return row;
    }

    private static String key(String correlationId) {
        return correlationId.isEmpty() ? null : correlationId;
    }

    private Answer create(Exchange call) {
        ObjectNode body = call.body();
        call.about(
                null,
                body.path("correlation_id").asText(null),
                body.path("short_description").asText(null));
        Map<String, String> row = incidents.insert(body, hubUser(), Directory.HUB_USER, Instant.now());
        call.about(row.get("number"), key(row.get("correlation_id")), row.get("short_description"));
        call.committed();
        return result(201, show(row, call))
                .with(Map.of(
                        "Location", workshop.url(Platform.SERVICENOW, "/api/now/table/incident/" + row.get("sys_id"))));
    }

    private Answer update(Exchange call) {
        Map<String, String> row = about(call);
        incidents.update(row, call.body(), hubUser(), Directory.HUB_USER);
        call.committed();
        return result(200, show(row, call));
    }

    private String hubUser() {
        return workshop.settings().credential("servicenow.username");
    }

    private ObjectNode show(Map<String, String> row, Exchange call) {
        return view.show(present(row), TableView.Wanted.of(call), IncidentColumns.REFERENCES);
    }

    /** With the columns that exist while their feature is on. */
    private Map<String, String> present(Map<String, String> row) {
        Map<String, String> present = row;
        if (!workshop.settings().feature("servicenow.linkColumns")) {
            present = new LinkedHashMap<>(row);
            present.keySet().removeAll(columns.links());
        }
        if (workshop.settings().feature("servicenow.pagerDutyApp")) {
            present = new LinkedHashMap<>(present);
            present.put("x_pd_integration_incident", "");
        }
        return present;
    }

    private Answer query(Exchange call) {
        EncodedQuery query = new EncodedQuery(call.query("sysparm_query"), columns::exists);
        List<Map<String, String>> found = query.run(incidents.index().candidates(query.mustEqual("correlation_id")));
        return page(call, found, row -> show(row, call));
    }

    /** Access rules hide the journal of many instances: as a list without what is hidden, or by a refusal. */
    private Answer journal(Exchange call) {
        if (workshop.settings().feature("servicenow.journal")) {
            return table(call, journal.all());
        }
        int status = workshop.settings().refusal("servicenow.journal", 200);
        return status == 200 ? table(call, List.of()) : ServiceNowErrors.of(status, null);
    }

    private Answer table(Exchange call, List<Map<String, String>> rows) {
        Predicate<String> knows = rows.isEmpty() ? Journal.COLUMNS::contains : rows.get(0)::containsKey;
        EncodedQuery query = new EncodedQuery(call.query("sysparm_query"), knows);
        // Newest writes of one incident are asked for most; its own entries are few.
        String record = query.mustEqual("element_id");
        Iterable<Map<String, String>> looked = record != null && rows == journal.all() ? journal.of(record) : rows;
        TableView.Wanted wanted = TableView.Wanted.of(call);
        return page(call, query.run(looked), row -> view.show(row, wanted, Map.of()));
    }

    private Answer page(
            Exchange call, List<Map<String, String>> found, Function<Map<String, String>, ObjectNode> show) {
        int limit = call.number("sysparm_limit", DEFAULT_LIMIT, TableApi::badNumber);
        int offset = call.number("sysparm_offset", 0, TableApi::badNumber);
        ObjectNode answer = Json.object();
        ArrayNode result = answer.putArray("result");
        found.stream().skip(offset).limit(limit).forEach(row -> result.add(show.apply(row)));
        Map<String, String> headers = new LinkedHashMap<>();
        if (!"true".equals(call.query("sysparm_no_count"))) {
            headers.put("X-Total-Count", String.valueOf(found.size()));
        }
        if (!"true".equals(call.query("sysparm_suppress_pagination_header")) && limit > 0 && found.size() > limit) {
            headers.put("Link", links(call, limit, offset, found.size()));
        }
        return Answer.of(200, answer).with(headers);
    }

    private static Answer badNumber() {
        return ServiceNowErrors.answer(400, "Invalid pagination parameter", null);
    }

    private static String links(Exchange call, int limit, int offset, int total) {
        StringBuilder links = new StringBuilder();
        int last = (total - 1) / limit * limit;
        link(links, call, "first", 0);
        if (offset > 0) {
            link(links, call, "prev", Math.max(0, offset - limit));
        }
        if (offset + limit < total) {
            link(links, call, "next", offset + limit);
        }
        link(links, call, "last", last);
        return links.toString();
    }

    private static void link(StringBuilder links, Exchange call, String relation, int offset) {
        links.append(links.length() == 0 ? "" : ",")
                .append('<')
                .append(call.urlWith("sysparm_offset", String.valueOf(offset)))
                .append(">;rel=\"")
                .append(relation)
                .append('"');
    }

    private static Answer result(int status, ObjectNode row) {
        ObjectNode answer = Json.object();
        answer.set("result", row);
        return Answer.of(status, answer);
    }
}
