package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The limits of one platform: the account's, and those of endpoints, which are learnt from answers, as are the endpoints that
 * the steps of a kind call. Not safe for several threads.
 */
final class Governor {

    private static final String ACCOUNT = "account";
    private static final int LONGEST_WORD = 24;

    private final RateRule rule;
    private final LongSupplier nanoTime;
    private final IntSupplier members;
    private final Budget account;
    /** By the name that the vendor gave the limit, else by the endpoint. */
    private final Map<String, Budget> endpoints = new HashMap<>();

    private final Map<String, String> limitOfEndpoint = new HashMap<>();
    /** Which endpoints the steps of a kind have called. */
    private final Map<String, Set<String>> endpointsOfKind = new HashMap<>();
    /** Which of them has refused a call last. */
    private final Map<String, String> refusedOfKind = new HashMap<>();

    Governor(RateRule rule, LongSupplier nanoTime, IntSupplier members) {
        this.rule = rule;
        this.nanoTime = nanoTime;
        this.members = members;
        this.account = new Budget(ACCOUNT, nanoTime, members);
        account.limit(rule.perEndpoint() ? 0 : rule.calls(), rule.per());
    }

    /** What a step of this kind spends, as far as is known before it begins. */
    List<Budget> ofKind(String kind) {
        if (endpoints.isEmpty()) {
            return List.of(account);
        }
        var budgets = new LinkedHashSet<Budget>();
        budgets.add(account);
        endpointsOfKind.getOrDefault(kind, Set.of()).forEach(endpoint -> budgets.addAll(ofEndpoint(endpoint)));
        return List.copyOf(budgets);
    }

    /** What a call spends. */
    List<Budget> ofEndpoint(String endpoint) {
        var own = endpoints.get(limitOfEndpoint.getOrDefault(endpoint, endpoint));
        return own == null ? List.of(account) : List.of(account, own);
    }

    /** Whether two kinds of steps wait for the same: what the one spends the other cannot. */
    boolean compete(String kind, String other) {
        return !rule.perEndpoint() || kind.equals(other);
    }

    /** Steps of this kind call that endpoint. */
    void learn(String kind, String endpoint) {
        if (!kind.isEmpty()) {
            endpointsOfKind.computeIfAbsent(kind, any -> new HashSet<>()).add(endpoint);
        }
    }

    /** That endpoint has refused a call of such a step, because there were too many. */
    void refused(String kind, String endpoint) {
        refusedOfKind.put(kind, endpoint);
    }

    /** An endpoint is a method and a path without the ids in it. */
    String endpoint(String method, String path) {
        var endpoint = new StringBuilder(method == null ? "" : method).append(' ');
        for (var word : (path == null ? "" : path).split("/")) {
            if (!word.isEmpty()) {
                endpoint.append('/').append(isId(word) ? "*" : word);
            }
        }
        return endpoint.toString();
    }

    private static boolean isId(String word) {
        var isVersion = word.length() <= 3 && word.charAt(0) == 'v';
        return !isVersion && (word.length() > LONGEST_WORD || word.chars().anyMatch(Character::isDigit));
    }

    /** An answer has told of a limit: of the account's, or of one that only this endpoint has. */
    void told(String endpoint, AnswerHeaders answer) {
        var limit = answer.limit();
        var isAccounts =
                !rule.perEndpoint() && (limit.isEmpty() || rule.calls() == 0 || rule.calls() == limit.getAsLong());
        if (isAccounts) {
            account.told(answer);
        } else if (limit.isPresent() || endpoints.containsKey(endpoint)) {
            own(endpoint, answer).told(answer);
        }
    }

    /** Nothing is called for this long that this refusal concerns; false when that is the whole platform. */
    boolean close(String kind, Duration time) {
        var endpoint = refusedOfKind.get(kind);
        if (!rule.perEndpoint() || endpoint == null) {
            return false;
        }
        endpoints
                .computeIfAbsent(limitOfEndpoint.getOrDefault(endpoint, endpoint), this::budget)
                .close(time);
        return true;
    }

    /** Those of which a limit is known. */
    Collection<Budget> known() {
        var known = new ArrayList<Budget>();
        if (account.calls() > 0) {
            known.add(account);
        }
        endpoints.values().stream()
                .filter(budget -> budget.calls() > 0 || !budget.untilOpen().isZero())
                .forEach(known::add);
        return known;
    }

    private Budget own(String endpoint, AnswerHeaders answer) {
        answer.name().ifPresent(name -> limitOfEndpoint.put(endpoint, name));
        return endpoints.computeIfAbsent(limitOfEndpoint.getOrDefault(endpoint, endpoint), this::budget);
    }

    private Budget budget(String name) {
        var budget = new Budget(name, nanoTime, members);
        budget.limit(rule.calls(), rule.per());
        return budget;
    }
}
