package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/** The account's furniture: users, services, escalation policies, priorities. Only settings change it. */
final class Account {
    static final String HUMAN = "PHUMAN01";
    static final String BOT = "PFUSION01";
    static final String DEFAULT_SERVICE = "PSANDBOX1";

    record User(String id, String name, String email, String role) {}

    /** @param onCall the user who is on call, null for a policy with nobody */
    record Policy(String id, String name, String onCall) {}

    record Service(String id, String name, String policy) {}

    private final Workshop workshop;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Policy> policies = new LinkedHashMap<>();
    private final Map<String, Service> services = new LinkedHashMap<>();

    Account(Workshop workshop) {
        this.workshop = workshop;
        user("PADA0001", "Ada Example", "ada@sandbox.example", "user");
        user("PGRACE01", "Grace Example", "grace@sandbox.example", "user");
        user(HUMAN, "Jane Doe", "jane.doe@sandbox.example", "user");
        user(BOT, "Fusion Hub", "fusion@sandbox.example", "admin");
        policies.put("PPOLICY01", new Policy("PPOLICY01", "Platform", "PADA0001"));
        policies.put("PPOLICYCK", new Policy("PPOLICYCK", "Checkout", "PGRACE01"));
        policies.put("PPOLICYNO", new Policy("PPOLICYNO", "Nobody", null));
        services.put(DEFAULT_SERVICE, new Service(DEFAULT_SERVICE, "Sandbox", "PPOLICY01"));
        services.put("PCHECKOUT", new Service("PCHECKOUT", "Checkout", "PPOLICYCK"));
    }

    private void user(String id, String name, String email, String role) {
        users.put(id, new User(id, name, email, role));
    }

    Map<String, User> users() {
        return users;
    }

    Map<String, Policy> policies() {
        return policies;
    }

    Map<String, Service> services() {
        return services;
    }

    /** Ids to names, the most severe first: an account chooses the names. */
    Map<String, String> priorities() {
        Map<String, String> priorities = new LinkedHashMap<>();
        for (String name : workshop.settings().list("/pagerduty/priorityNames")) {
            priorities.put("PPRIO0" + (priorities.size() + 1), name);
        }
        return priorities;
    }

    /** The users that the account has now: the hub's own may have left. */
    List<User> present() {
        return users.values().stream()
                .filter(user -> !user.id.equals(BOT) || workshop.settings().feature("pagerduty.hubUser"))
                .toList();
    }

    /** The login user behind a From header; the configured hub user keeps its id under another address. */
    User byEmail(String email) {
        String id = email.equalsIgnoreCase(workshop.settings().credential("pagerduty.from")) ? BOT : "";
        return present().stream()
                .filter(user -> user.id.equals(id) || user.email.equalsIgnoreCase(email))
                .findFirst()
                .orElse(null);
    }

    /** Who is on call for a policy, or null. */
    User onCall(String policyId) {
        Policy policy = policies.get(policyId);
        boolean somebody =
                policy != null && policy.onCall != null && workshop.settings().feature("pagerduty.onCall");
        return somebody ? users.get(policy.onCall) : null;
    }

    /** The id of a priority given by reference or, as PUT also takes it, by name; null when unknown. */
    String priority(JsonNode wanted) {
        Map<String, String> priorities = priorities();
        String text = wanted.isTextual() ? wanted.asText() : wanted.path("id").asText("");
        if (priorities.containsKey(text)) {
            return text;
        }
        return priorities.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    ObjectNode reference(String kind, String path, String id, String summary) {
        return Json.object()
                .put("id", id)
                .put("type", kind + "_reference")
                .put("summary", summary)
                .put("self", link(path, id))
                .put("html_url", link(path, id));
    }

    String link(String path, String id) {
        return workshop.url(Platform.PAGERDUTY, "/" + path + "/" + id);
    }

    ObjectNode userReference(String id) {
        return reference("user", "users", id, users.get(id).name);
    }

    ObjectNode serviceReference(String id) {
        return reference("service", "services", id, services.get(id).name);
    }

    ObjectNode policyReference(String id) {
        return reference("escalation_policy", "escalation_policies", id, policies.get(id).name);
    }

    ObjectNode userResource(User user) {
        ObjectNode resource = resource("user", "users", user.id, user.name)
                .put("name", user.name)
                .put("email", user.email)
                .put("time_zone", "Etc/UTC")
                .put("color", "purple")
                .put(
                        "role",
                        user.id.equals(BOT)
                                ? workshop.settings().at("/pagerduty/hubRole").asText()
                                : user.role)
                .put("avatar_url", link("avatars", user.id))
                .putNull("description")
                .put("invitation_sent", false)
                .put("job_title", "");
        List.of("teams", "contact_methods", "notification_rules").forEach(resource::putArray);
        return resource;
    }

    ObjectNode serviceResource(Service service) {
        ObjectNode resource = resource("service", "services", service.id, service.name)
                .put("name", service.name)
                .put("description", "")
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("status", "active")
                .put("alert_creation", "create_alerts_and_incidents");
        resource.set("escalation_policy", policyReference(service.policy));
        resource.putObject("incident_urgency_rule").put("type", "constant").put("urgency", "high");
        List.of("teams", "scheduled_actions", "addons").forEach(resource::putArray);
        ArrayNode integrations = resource.putArray("integrations");
        workshop.settings()
                .list("/pagerduty/integrations")
                .forEach(name -> integrations.add(reference(
                        "generic_events_api_inbound_integration", "integrations", "PINT" + integrations.size(), name)));
        return resource;
    }

    /** What stands on every service by the settings: the extension's kind, and how it synchronises. */
    ObjectNode extensions() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("extensions");
        for (JsonNode one : workshop.settings().at("/pagerduty/extensions")) {
            String kind = one.path("kind").asText();
            ObjectNode extension = resource("extension", "extensions", "PEXT" + list.size(), kind)
                    .put("name", kind);
            extension.set("extension_schema", reference("extension_schema", "extension_schemas", "PSCHEMA1", kind));
            extension.putObject("config").put("sync_options", one.path("sync").asText());
            list.add(extension);
        }
        return answer;
    }

    ObjectNode policyResource(Policy policy) {
        ObjectNode resource = resource("escalation_policy", "escalation_policies", policy.id, policy.name)
                .put("name", policy.name)
                .put("description", "")
                .put("num_loops", 0);
        ObjectNode rule = resource.putArray("escalation_rules")
                .addObject()
                .put("id", policy.id + "R1")
                .put("escalation_delay_in_minutes", 30);
        var targets = rule.putArray("targets");
        if (policy.onCall != null) {
            targets.add(userReference(policy.onCall));
        }
        var used = resource.putArray("services");
        services.values().stream()
                .filter(service -> service.policy.equals(policy.id))
                .forEach(service -> used.add(serviceReference(service.id)));
        resource.putArray("teams");
        return resource;
    }

    ObjectNode priorityResource(String id) {
        String name = priorities().get(id);
        return resource("priority", "priorities", id, name).put("name", name).put("description", "");
    }

    private ObjectNode resource(String type, String path, String id, String summary) {
        return reference(type, path, id, summary).put("type", type);
    }
}
