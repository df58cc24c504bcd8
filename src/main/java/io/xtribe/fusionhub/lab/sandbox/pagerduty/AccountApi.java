package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

import static io.vertx.core.http.HttpMethod.GET;

/** Reads of the account's furniture: services, users, policies, who is on call, priorities, abilities. */
final class AccountApi {
    private final Workshop workshop;
    private final Account account;

    AccountApi(Workshop workshop, Account account) {
        this.workshop = workshop;
        this.account = account;
    }

    void operations(Operations operations) {
        operations.reads(GET, "/abilities", "list-abilities", call -> {
            ObjectNode answer = Json.object();
            ArrayNode abilities =
                    answer.putArray("abilities").add("sso").add("teams").add("urgencies");
            if (workshop.settings().feature("pagerduty.priorities")) {
                abilities.add("priorities");
            }
            if (workshop.settings().feature("pagerduty.customFields")) {
                abilities.add("incident_custom_fields");
            }
            return Answer.of(200, answer);
        });
        operations.reads(GET, "/priorities", "list-priorities", call -> {
            if (!workshop.settings().feature("pagerduty.priorities")) {
                throw PagerDutyErrors.missingAbility(workshop.settings().refusal("pagerduty.priorities", 402));
            }
            return list(call, "priorities", account.priorities().keySet(), account::priorityResource);
        });
        operations.reads(
                GET,
                "/services",
                "list-services",
                call -> list(call, "services", account.services().values(), account::serviceResource));
        operations.reads(
                GET,
                "/services/:id",
                "get-service",
                call -> document("service", account.serviceResource(find(call, account.services()))));
        operations.reads(
                GET,
                "/escalation_policies/:id",
                "get-escalation-policy",
                call -> document("escalation_policy", account.policyResource(find(call, account.policies()))));
        operations.reads(GET, "/users", "list-users", this::users);
        operations.reads(
                GET,
                "/users/:id",
                "get-user",
                call -> document("user", account.userResource(find(call, account.users()))));
        operations.reads(GET, "/extensions", "list-extensions", call -> Answer.of(200, account.extensions()));
        operations.reads(GET, "/oncalls", "list-on-calls", this::onCalls);
    }

    private static <T> T find(Exchange call, Map<String, T> all) {
        T found = all.get(call.path("id"));
        if (found == null) {
            throw PagerDutyErrors.notFound();
        }
        return found;
    }

    private Answer users(Exchange call) {
        String query = call.query("query", "").toLowerCase(Locale.ROOT);
        List<Account.User> found = account.present().stream()
                .filter(user -> user.name().toLowerCase(Locale.ROOT).contains(query)
                        || user.email().toLowerCase(Locale.ROOT).contains(query))
                .toList();
        return list(call, "users", found, account::userResource);
    }

    private Answer onCalls(Exchange call) {
        List<String> wanted = call.queries("escalation_policy_ids[]");
        List<Account.Policy> found = account.policies().values().stream()
                .filter(policy -> wanted.isEmpty() || wanted.contains(policy.id()))
                .filter(policy -> account.onCall(policy.id()) != null)
                .toList();
        return list(call, "oncalls", found, policy -> {
            ObjectNode entry = Json.object();
            entry.set("escalation_policy", account.policyReference(policy.id()));
            entry.put("escalation_level", 1);
            entry.set("user", account.userReference(account.onCall(policy.id()).id()));
            entry.set("schedule", account.reference("schedule", "schedules", "PSCHED01", policy.name() + " rota"));
            return entry.put("start", "2026-01-01T00:00:00Z").put("end", "2036-01-01T00:00:00Z");
        });
    }

    private static <T> Answer list(Exchange call, String name, Collection<T> all, Function<T, ObjectNode> show) {
        int limit = Pages.limit(call);
        int offset = Pages.offset(call);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray(name);
        all.stream().skip(offset).limit(limit).forEach(one -> list.add(show.apply(one)));
        return Answer.of(200, Pages.add(answer, limit, offset, all.size(), call));
    }

    private static Answer document(String name, ObjectNode resource) {
        ObjectNode answer = Json.object();
        answer.set(name, resource);
        return Answer.of(200, answer);
    }
}
