package io.xtribe.fusionhub.lab.sandbox.datadog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Identifiers;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** The fields that the organisation added to its incidents: {@code fusion_id}, unless that feature is off, and those that settings require. */
final class UserDefinedFields {
    /** Text area fields cannot be searched, text arrays can (platforms/datadog.md, 5.4). */
    private static final int TEXT_ARRAY = 4;

    private UserDefinedFields() {}

    static ObjectNode list(Settings settings) {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        if (settings.feature("datadog.customAttributes")) {
            data.add(field("fusion_id", "Fusion id", "0f1c2d3e-0000-4000-8000-000000000001", false));
        }
        settings.list("/datadog/requiredFields").forEach(name -> data.add(field(name, name, Identifiers.uuid(), true)));
        answer.putObject("meta").put("offset", 0).put("size", data.size());
        return answer;
    }

    private static ObjectNode field(String name, String displayName, String id, boolean required) {
        ObjectNode field = Json.object().put("id", id).put("type", "user_defined_field");
        field.set(
                "attributes",
                Json.literal("""
                        {"attached_to": "incidents", "category": null, "collected": null,
                         "created": "2026-01-01T00:00:00+00:00", "default_value": null, "deleted": null,
                         "metadata": null, "modified": "2026-01-01T00:00:00+00:00",
                         "ordinal": "1.1", "prerequisite": null,
                         "reserved": false, "table_id": 1, "tag_key": null, "valid_values": null}
                        """)
                        .put("display_name", displayName)
                        .put("name", name)
                        .put("required", required)
                        .put("type", TEXT_ARRAY));
        ObjectNode relationships = field.putObject("relationships");
        relationships.set("created_by_user", DatadogUser.PERSON.reference("users"));
        relationships.set("last_modified_by_user", DatadogUser.PERSON.reference("users"));
        relationships
                .putObject("incident_type")
                .putObject("data")
                .put("id", Incidents.DEFAULT_TYPE)
                .put("type", "incident_types");
        return field;
    }
}
