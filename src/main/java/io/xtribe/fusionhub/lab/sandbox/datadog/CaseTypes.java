package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** The built-in case types, the one project, and the custom attributes declared for cases. */
final class CaseTypes {
    static final String STANDARD = "00000000-0000-0000-0000-000000000001";
    static final String PROJECT = "d4bbe1af-f36e-42f1-87c1-493ca35c320e";
    static final String PROJECT_KEY = "SANDBOX";
    private static final List<String> NAMES =
            List.of("Standard", "Event Management", "Security", "Change Request", "Error Tracking");

    private final Map<String, ObjectNode> attributes = new LinkedHashMap<>();

    private final Settings settings;

    CaseTypes(Settings settings) {
        this.settings = settings;
        reset();
    }

    void reset() {
        attributes.clear();
        declare(STANDARD, "fusion_id", "Fusion id", "TEXT", false, null);
    }

    boolean exists(String typeId) {
        return typeId.matches("00000000-0000-0000-0000-00000000000[1-5]");
    }

    boolean declared(String key) {
        return attributes.containsKey(key);
    }

    ObjectNode declare(
            String typeId, String key, String displayName, String type, boolean multiple, String description) {
        ObjectNode resource = Json.object().put("id", Identifiers.uuid()).put("type", "custom_attribute");
        ObjectNode values = resource.putObject("attributes")
                .put("case_type_id", typeId)
                .put("display_name", displayName)
                .put("is_multi", multiple)
                .put("key", key)
                .put("type", type);
        if (description != null) {
            values.put("description", description);
        }
        attributes.put(key, resource);
        return resource;
    }

    boolean displayNameTaken(String displayName) {
        return attributes.values().stream().anyMatch(attribute -> attribute
                .path("attributes")
                .path("display_name")
                .asText()
                .equals(displayName));
    }

    ObjectNode attributesOf(String typeId) {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        attributes.values().stream()
                .filter(attribute -> typeId == null
                        || attribute
                                .path("attributes")
                                .path("case_type_id")
                                .asText()
                                .equals(typeId))
                .forEach(data::add);
        return answer;
    }

    ObjectNode types() {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        for (int number = 1; number <= NAMES.size(); number++) {
            ObjectNode type = data.addObject()
                    .put("id", "00000000-0000-0000-0000-00000000000" + number)
                    .put("type", "case_type");
            ObjectNode values = type.putObject("attributes").put("name", NAMES.get(number - 1));
            values.put("description", "").put("emoji", "");
            ObjectNode statuses = values.putObject("statuses_config");
            status(statuses, "open", "Open");
            status(statuses, "in_progress", "In Progress");
            status(statuses, "closed", "Closed");
        }
        return answer;
    }

    private static void status(ObjectNode statuses, String group, String name) {
        ObjectNode configuration = statuses.putObject(group).put("default", name);
        configuration.putArray("statuses").addObject().put("name", name);
    }

    /** The project: unless settings say otherwise, every integration is off that would open second records (platforms/datadog.md, 6 and 10). */
    ObjectNode project() {
        ObjectNode project = Json.object().put("id", PROJECT).put("type", "project");
        ObjectNode values =
                project.putObject("attributes").put("key", PROJECT_KEY).put("name", "Sandbox");
        values.put("restricted", false).putArray("enabled_custom_case_types");
        ObjectNode integrations = Json.literal("""
                        {"integration_incident": {"enabled": false, "auto_escalation_query": "",
                           "severity_config": {"priority_mapping": {}}},
                         "integration_service_now": {"enabled": false, "auto_creation": {"enabled": false}},
                         "integration_jira": {"enabled": false, "auto_creation": {"enabled": false}},
                         "integration_monitor": {"enabled": false, "auto_resolve_enabled": false},
                         "integration_on_call": {"enabled": false, "auto_assign_on_call": false},
                         "auto_close_inactive_cases": {"enabled": false}}
                        """);
        Json.merge(integrations, settings.at("/datadog/projectSettings").deepCopy());
        values.set("settings", integrations);
        project.putObject("relationships").putObject("member_user").putArray("data");
        return project;
    }
}
