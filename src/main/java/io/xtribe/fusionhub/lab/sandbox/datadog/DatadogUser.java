package io.xtribe.fusionhub.lab.sandbox.datadog;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** Who writes: the hub's service account through the API, or a person. The resource type differs per product. */
enum DatadogUser {
    HUB("ace4fe48-9ec4-11f0-988b-7627cf2efb1e", "Fusion Hub", "fusion@sandbox.example"),
    PERSON("b5d1a3c2-9ec4-11f0-988b-7627cf2efb1e", "Jane Doe", "jane.doe@sandbox.example");

    private final String id;
    private final String fullName;
    private final String email;

    DatadogUser(String id, String fullName, String email) {
        this.id = id;
        this.fullName = fullName;
        this.email = email;
    }

    ObjectNode reference(String type) {
        ObjectNode reference = Json.object();
        reference.putObject("data").put("id", id).put("type", type);
        return reference;
    }

    /** As cases include it. */
    ObjectNode resource() {
        ObjectNode resource = Json.object().put("id", id).put("type", "user");
        resource.putObject("attributes")
                .put("active", true)
                .put("email", email)
                .put("handle", email)
                .put("name", fullName);
        return resource;
    }

    /** As incidents include it. */
    ObjectNode incidentResource() {
        ObjectNode resource = Json.object().put("id", id).put("type", "users");
        resource.putObject("attributes")
                .put("email", email)
                .put("handle", email)
                .put("icon", "")
                .put("name", fullName)
                .put("uuid", id);
        return resource;
    }

    /** As timeline cells show it: the id's key is upper case although the specification says otherwise. */
    ObjectNode author() {
        ObjectNode author = Json.object().put("type", "USER");
        author.putObject("content")
                .put("ID", id)
                .put("id", id)
                .put("name", fullName)
                .put("email", email)
                .put("handle", email)
                .put("active", true);
        return author;
    }
}
