package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** The people, groups and choices of the instance. They never change, so they need no reset. */
final class Directory {
    static final String CALLER = "6816f79cc0a8016401c5a33be04be441";
    static final String HUB_USER = "f0510000000000000000000000000001";
    static final String NETWORK_GROUP = "287ebd7da9fe198100f92cc8d1d2154e";
    static final String CHECKOUT_GROUP = "387ebd7da9fe198100f92cc8d1d2154e";
    static final String PERSON = "jane.doe";
    private static final List<String> CLOSE_CODES = List.of(
            "Duplicate",
            "Known error",
            "Resolved by caller",
            "Resolved by change",
            "Resolved by problem",
            "Solution provided",
            "Workaround provided",
            "User error");

    private final Settings settings;

    Directory(Settings settings) {
        this.settings = settings;
    }

    List<Map<String, String>> users() {
        String hub = settings.credential("servicenow.username");
        return List.of(
                user(HUB_USER, hub, "Fusion Hub", "fusion@sandbox.example"),
                user(CALLER, PERSON, "Jane Doe", "jane.doe@sandbox.example"),
                user("6816f79cc0a8016401c5a33be04be442", "admin", "System Administrator", "admin@sandbox.example"));
    }

    private static Map<String, String> user(String id, String userName, String name, String email) {
        return row("sys_id", id, "user_name", userName, "name", name, "email", email, "active", "true");
    }

    /** The one property that a hub asks for; none while the instance does not let it. */
    List<Map<String, String>> properties() {
        return settings.feature("servicenow.readsProperties")
                ? List.of(row("name", "instance_name", "value", settings.account("servicenow.instance")))
                : List.of();
    }

    /** Which roles each user has: those of the hub's are set. */
    List<Map<String, String>> roles() {
        return settings.list("/servicenow/roles").stream()
                .map(role -> row("user.user_name", settings.credential("servicenow.username"), "role.name", role))
                .toList();
    }

    /** What data policies ask of incidents: a column and the condition under which it must be filled. */
    List<Map<String, String>> dataPolicyRules() {
        List<Map<String, String>> rules = new ArrayList<>();
        rules.add(rule("close_code", "stateIN6,7"));
        rules.add(rule("close_notes", "stateIN6,7"));
        settings.at("/servicenow/dataPolicies")
                .forEach(policy -> rules.add(rule(
                        policy.path("field").asText(), policy.path("condition").asText(""))));
        return rules;
    }

    private static Map<String, String> rule(String field, String condition) {
        return row(
                "table",
                "incident",
                "field",
                field,
                "mandatory",
                "true",
                "sys_data_policy.active",
                "true",
                "sys_data_policy.conditions",
                condition);
    }

    List<Map<String, String>> groups() {
        return List.of(
                row("sys_id", NETWORK_GROUP, "name", "Network", "active", "true"),
                row("sys_id", CHECKOUT_GROUP, "name", "Checkout", "active", "true"),
                row("sys_id", "487ebd7da9fe198100f92cc8d1d2154e", "name", "Service Desk", "active", "true"));
    }

    boolean knowsGroup(String id) {
        return groups().stream().anyMatch(group -> group.get("sys_id").equals(id));
    }

    List<Map<String, String>> choices() {
        List<Map<String, String>> rows = new ArrayList<>();
        CLOSE_CODES.forEach(code -> rows.add(choice("close_code", code, code)));
        Labels.STATES.forEach((value, label) -> rows.add(choice("state", value, label)));
        Labels.HOLD_REASONS.forEach((value, label) -> rows.add(choice("hold_reason", value, label)));
        Labels.LEVELS.forEach((value, label) -> {
            rows.add(choice("impact", value, label));
            rows.add(choice("urgency", value, label));
        });
        Labels.PRIORITIES.forEach((value, label) -> rows.add(choice("priority", value, label)));
        return rows;
    }

    private static Map<String, String> choice(String element, String value, String label) {
        return row("name", "incident", "element", element, "label", label, "value", value, "inactive", "false");
    }

    static boolean knowsCloseCode(String code) {
        return CLOSE_CODES.contains(code);
    }

    /** The sys_id of a user given by name, e-mail or sys_id; what is unknown is returned as it is. */
    String userId(String text) {
        return users().stream()
                .filter(user -> user.containsValue(text))
                .map(user -> user.get("sys_id"))
                .findFirst()
                .orElse(text);
    }

    /** The name behind a reference, or its bare value. */
    String nameOf(String id) {
        List<Map<String, String>> all = new ArrayList<>(users());
        all.addAll(groups());
        return all.stream()
                .filter(row -> row.get("sys_id").equals(id))
                .map(row -> row.get("name"))
                .findFirst()
                .orElse(id);
    }

    private static Map<String, String> row(String... pairs) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            row.put(pairs[index], pairs[index + 1]);
        }
        return row;
    }
}
