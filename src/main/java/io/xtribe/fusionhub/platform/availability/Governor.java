package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The limits of one platform: the account's, and those of endpoints, which are learnt from answers, as are the calls that
 * the steps of a kind make. Where each endpoint has a limit of its own, little is sent at once until that is known. Not safe
 * for several threads.
 */
final class Governor {

    private static final String ACCOUNT = "account";
    private static final int LONGEST_WORD = 24;

    /** So many calls of an endpoint are under way at once until one has told its limit; so many steps of a new kind. */
    static final int AT_FIRST = 4;

    private final RateRule rule;
    private final LongSupplier nanoTime;
    private final IntSupplier members;
    private final Budget account;
    /** By the name that the vendor gave the limit, else by the endpoint. */
    private final Map<String, Budget> endpoints = new HashMap<>();

    private final Map<String, String> limitOfEndpoint = new HashMap<>();
    /** How many calls of each endpoint a step of a kind has made at most. */
    private final Map<String, Map<String, Integer>> callsOfKind = new HashMap<>();
    /** Those of which a step is over, so that its calls are known. */
    private final Set<String> triedKinds = new HashSet<>();
    /** Which of them has refused a call last. */
    private final Map<String, String> refusedOfKind = new HashMap<>();

    Governor(RateRule rule, LongSupplier nanoTime, IntSupplier members) {
        this.rule = rule;
        this.nanoTime = nanoTime;
        this.members = members;
        this.account = new Budget(ACCOUNT, nanoTime, members);
        account.limit(rule.perEndpoint() ? 0 : rule.calls(), rule.per());
    }

    /** What a step of this kind spends, as far as is known before it begins: how many calls of which limit. */
    Map<Budget, Integer> ofKind(String kind) {
        if (endpoints.isEmpty()) {
            return Map.of(account, 1);
        }
        var needs = new HashMap<Budget, Integer>();
        needs.put(account, 1);
        callsOfKind.getOrDefault(kind, Map.of()).forEach((endpoint, calls) -> {
            var own = endpoints.get(limitName(endpoint));
            if (own != null) {
                needs.merge(own, calls, Integer::sum);
            }
        });
        return needs;
    }

    /** What a call spends. */
    List<Budget> ofEndpoint(String endpoint) {
        var own = rule.perEndpoint() ? own(endpoint) : endpoints.get(limitName(endpoint));
        return own == null ? List.of(account) : List.of(account, own);
    }

    /** Whether it is not known yet which endpoints the steps of this kind call, where that matters. */
    boolean isNew(String kind) {
        return rule.perEndpoint() && !triedKinds.contains(kind);
    }

    /** Whether two kinds of steps wait for the same: what the one spends the other cannot. */
    boolean compete(String kind, String other) {
        return !rule.perEndpoint() || kind.equals(other);
    }

    /** A step of this kind calls that endpoint, so many times up to now. */
    void learn(String kind, String endpoint, int calls) {
        if (!kind.isEmpty()) {
            callsOfKind.computeIfAbsent(kind, any -> new HashMap<>()).merge(endpoint, calls, Math::max);
        }
    }

    /** A step of this kind is over. */
    void tried(String kind) {
        triedKinds.add(kind);
    }

    /** That endpoint has answered a call. */
    void answered(String endpoint) {
        if (rule.perEndpoint()) {
            own(endpoint).answered();
        }
    }

    /**
     * That endpoint has refused a call of such a step, because there were too many.
     *
     * @param isOfEndpoint whether that says something of other calls too
     */
    void refused(String kind, String endpoint, boolean isOfEndpoint) {
        refusedOfKind.put(kind, endpoint);
        if (rule.perEndpoint() && isOfEndpoint) {
            own(endpoint).refused();
        }
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
            answer.name().ifPresent(name -> name(endpoint, name));
            own(endpoint).told(answer);
        }
    }

    /** Nothing is called for this long that this refusal concerns; false when that is the whole platform. */
    boolean close(String kind, Duration time) {
        var endpoint = refusedOfKind.get(kind);
        if (!rule.perEndpoint() || endpoint == null) {
            return false;
        }
        own(endpoint).close(time);
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

    /** The vendor calls the endpoint's limit so; calls under way that were counted before go on to count. */
    private void name(String endpoint, String name) {
        var unnamed = limitOfEndpoint.containsKey(endpoint) ? null : endpoints.remove(endpoint);
        if (unnamed != null && endpoints.putIfAbsent(name, unnamed) == null) {
            unnamed.name(name);
        }
        limitOfEndpoint.put(endpoint, name);
    }

    private String limitName(String endpoint) {
        return limitOfEndpoint.getOrDefault(endpoint, endpoint);
    }

    private Budget own(String endpoint) {
        return endpoints.computeIfAbsent(limitName(endpoint), this::budget);
    }

    private Budget budget(String name) {
        var budget = new Budget(name, nanoTime, members);
        if (rule.perEndpoint()) {
            budget.startSlowly(AT_FIRST);
        }
        budget.limit(rule.calls(), rule.per());
        return budget;
    }
}
