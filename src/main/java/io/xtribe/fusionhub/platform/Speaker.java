package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Which account of one vendor may speak to this hub. Where no setting says so and the base URL does not tell, the vendor's API
 * is asked; until it has answered, nobody can be told apart. Where a setting lists several, the API is asked which of them it is
 * of: polls need to know it. Safe for several threads.
 */
public final class Speaker {

    /** What can be said of who speaks. */
    public enum Verdict {
        /** One that may, or nothing is known by which it could be told apart. */
        OURS,
        /** Another one. */
        FOREIGN,
        /** The vendor's API has not answered yet. */
        NOT_YET
    }

    private enum State {
        NOT_ASKED,
        KNOWN,
        /** The API was asked and did not tell. */
        NOT_TOLD
    }

    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(10);

    private final SpeakerRule rule;
    private final String key;
    private final LongSupplier nanoTime;
    private volatile Set<String> allowed;
    /** The same as they were written. */
    private volatile List<String> told;
    /** Whether a setting or the base URL says who may speak. */
    private final boolean isGiven;
    /** Of several, the one whose address and credentials the hub has; empty until it is known. */
    private volatile String own;

    private volatile State state;
    private volatile String why = "";
    private long next;

    /**
     * Of one platform.
     *
     * @param key the full name of the setting that lists who may speak
     * @param configured what it lists
     * @param url the platform's base URL, or null
     */
    Speaker(SpeakerRule rule, String key, List<String> configured, String host, LongSupplier nanoTime) {
        this.rule = rule;
        this.key = key;
        this.nanoTime = nanoTime;
        next = nanoTime.getAsLong();
        told = written(configured.isEmpty() ? rule.nameOfHost(host).stream().toList() : configured);
        allowed = names(told);
        isGiven = !allowed.isEmpty();
        state = isGiven ? State.KNOWN : rule.asks() ? State.NOT_ASKED : State.NOT_TOLD;
        own = ownAmong(rule.nameOfHost(host).stream().toList());
    }

    /** The one of these that may speak; empty where it is none of them, or several. */
    private String ownAmong(List<String> names) {
        var known = written(names).stream()
                .filter(name -> allowed.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        return known.size() == 1 ? known.get(0) : "";
    }

    private static List<String> written(List<String> names) {
        return names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Set<String> names(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** What can be said of who told this; an empty text tells nobody. */
    public Verdict judge(String told) {
        if (told.isEmpty() || state == State.NOT_TOLD) {
            return Verdict.OURS;
        }
        if (state == State.NOT_ASKED) {
            return Verdict.NOT_YET;
        }
        return allowed.contains(rule.nameIn(told).toLowerCase(Locale.ROOT)) ? Verdict.OURS : Verdict.FOREIGN;
    }

    /**
     * The account that the hub calls: the one that may speak or, of several, the one that the base URL or the API names; empty where
     * it is not known.
     */
    public Optional<String> called() {
        var names = told;
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.of(own).filter(name -> !name.isEmpty());
    }

    /** The name within what a signal tells. */
    public String nameIn(String told) {
        return rule.nameIn(told);
    }

    /** What the vendor calls it, for messages. */
    public String what() {
        return rule.what();
    }

    /** The full name of the setting that lists who may speak. */
    public String key() {
        return key;
    }

    /** Takes the turn to ask the vendor's API, if it is to be asked now. */
    synchronized boolean takeTurn() {
        var now = nanoTime.getAsLong();
        if (!rule.asks() || state == State.KNOWN && (!isGiven || called().isPresent()) || now - next < 0) {
            return false;
        }
        next = now + AGAIN.toNanos();
        return true;
    }

    /** The vendor's API has told these. Returns whether that is news. */
    synchronized boolean learned(List<String> names) {
        var named = written(
                names.stream().flatMap(one -> rule.nameIfAny(one).stream()).toList());
        if (isGiven) {
            own = ownAmong(named);
            next = nanoTime.getAsLong() + LATER.toNanos();
            return false;
        }
        told = named;
        allowed = names(told);
        return allowed.isEmpty() ? notTold("its API does not tell it") : turnTo(State.KNOWN, "");
    }

    /** The vendor's API will not tell it. Returns whether that is news. */
    synchronized boolean notTold(String reason) {
        next = nanoTime.getAsLong() + LATER.toNanos();
        return !isGiven && turnTo(State.NOT_TOLD, reason);
    }

    private boolean turnTo(State other, String reason) {
        var isNews = state != other;
        state = other;
        why = reason;
        return isNews;
    }

    /** For people: who may speak, or why nobody is checked. */
    public String words() {
        return switch (state) {
            case KNOWN -> String.join(", ", new TreeSet<>(allowed));
            case NOT_ASKED -> "not known yet: its API has not answered";
            case NOT_TOLD -> "not checked" + (why.isEmpty() ? "" : ", " + why) + ": set " + key;
        };
    }
}
