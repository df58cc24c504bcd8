package io.xtribe.fusionhub.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what a mapping file makes of a webhook body. The mapping says <em>where</em> the values are; types, times and
 * our key are checked here, once for all sources.
 */
public final class SignalReader {

    private static final Pattern PRIORITY = Pattern.compile("P[1-5]");
    private static final Set<String> STATUSES =
            Set.of("", "open", "acknowledged", "active", Signal.RESOLVED, Signal.CLOSED);
    /** What docs/mappings.md lists: change both together. */
    private static final Set<String> MEMBERS = Set.of(
            "kind",
            "reason",
            "remedy",
            "part",
            "firstSign",
            "record",
            "scope",
            "account",
            "key",
            "fusionKey",
            "title",
            "description",
            "priority",
            "status",
            "previousStatus",
            "mergedInto",
            "series",
            "member",
            "end",
            "time",
            "version",
            "comments",
            "links",
            "by");

    /** Of a title or description; what is longer goes no further. An incident's record keeps less still. */
    private static final int TEXT_LIMIT = 100_000;

    private static final int REASON_LIMIT = 300;
    private static final int NAME_LIMIT = 100;
    private static final Duration AHEAD = Duration.ofDays(1);
    /** Up to here jq's numbers are exact. */
    private static final long LARGEST_VERSION = 1L << 53;

    private SignalReader() {}

    /**
     * Makes a signal.
     *
     * @param envelope the event it came in
     * @param mapped the mapping's output; see {@code docs/mappings.md} for its members
     * @param words what the platform's words mean
     * @param unknown told of each word that has no meaning, in a sentence; it counts as not said
     * @throws InvalidSignalException when the mapping did not yield a signal
     */
    public static Signal read(CloudEvent envelope, JsonNode mapped, Words words, Consumer<UnknownWord> unknown) {
        if (mapped == null || !mapped.isObject()) {
            throw new InvalidSignalException("the mapping of '" + envelope.source() + "' did not yield an object");
        }
        checkMembers(envelope.source(), mapped);
        var part = part(mapped);
        var status = UnknownWord.ours("status", part, text(mapped, "status"), words, unknown);
        if (!STATUSES.contains(status)) {
            throw new InvalidSignalException(
                    "status " + SafeText.quoted(status) + " is none of open, acknowledged, active, resolved, closed");
        }
        var isOver = Signal.isOver(status);
        var wasOver = words.status(part, text(mapped, "previousStatus"))
                .filter(Signal::isOver)
                .isPresent();
        var ids = new IdCheck(envelope.data());
        return new Signal(
                envelope.id(),
                envelope.source(),
                kind(SignalKind.parse(text(mapped, "kind")), isOver, wasOver, !status.isEmpty()),
                reason(mapped),
                // What is over opens nothing.
                isOver ? null : firstSign(mapped.path("firstSign"), ids, part, words),
                record("record", mapped, ids, words),
                ids.check("scope", text(mapped, "scope"), IdCheck.ID),
                ids.check("key", text(mapped, "key"), IdCheck.KEY),
                PlatformKey.findIn(text(mapped, "fusionKey")).orElse(null),
                SafeText.title(text(mapped, "title"), TEXT_LIMIT),
                SafeText.paragraphs(text(mapped, "description"), TEXT_LIMIT),
                priority(UnknownWord.ours("priority", part, text(mapped, "priority"), words, unknown)),
                status,
                time(text(mapped, "time"), envelope.time()),
                version(mapped.path("version")),
                envelope.hints(),
                !text(mapped, "time").isEmpty(),
                SafeText.line(text(mapped, "remedy"), REASON_LIMIT),
                record("mergedInto", mapped, ids, words),
                ids.check("series", text(mapped, "series"), IdCheck.KEY),
                ids.check("member", text(mapped, "member"), IdCheck.KEY),
                SignalEnd.parse(text(mapped, "end")),
                Comments.read(mapped.path("comments"), envelope.id(), time(text(mapped, "time"), envelope.time())),
                links(mapped.path("links")),
                SafeText.line(text(mapped, "by"), NAME_LIMIT));
    }

    /** Null where it is no list: then the record hides its links, or nobody asked for them. */
    private static List<String> links(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        var links = new ArrayList<String>();
        node.forEach(text -> links.add(SafeText.cut(text.asText(""), TEXT_LIMIT)));
        return List.copyOf(links);
    }

    /** A dead letter needs one. */
    private static String reason(JsonNode mapped) {
        var given = SafeText.line(text(mapped, "reason"), REASON_LIMIT);
        return given.isBlank() && "unknown".equals(text(mapped, "kind"))
                ? "the mapping does not know this body"
                : given;
    }

    /** Which account of the vendor a mapping says is speaking: {@code account}, or else {@code scope}. */
    public static String account(JsonNode mapped) {
        var account = text(mapped, "account");
        return account.isEmpty() ? text(mapped, "scope") : account;
    }

    /** Refuses members that do not exist: a misspelt {@code firstSign} would open no incident, without any message. */
    private static void checkMembers(String source, JsonNode mapped) {
        var names = mapped.fieldNames();
        while (names.hasNext()) {
            var name = names.next();
            if (!MEMBERS.contains(name)) {
                throw new InvalidSignalException("the mapping of '" + source + "' yields the member "
                        + SafeText.quoted(name) + ", which a signal does not have: see docs/mappings.md");
            }
        }
    }

    /** An update that ends something, or takes its end back, is called so. */
    private static SignalKind kind(SignalKind told, boolean isOver, boolean wasOver, boolean isKnown) {
        if (told != SignalKind.UPDATED && told != SignalKind.COMMENTED || isOver == wasOver || !isKnown) {
            return told;
        }
        return isOver ? SignalKind.RESOLVED : SignalKind.REOPENED;
    }

    /** Which of the platform's records, or what else, shows the words. */
    private static String part(JsonNode mapped) {
        var named = text(mapped, "part");
        return named.isEmpty() ? mapped.path("record").path("part").asText("") : named;
    }

    private static Signal.FirstSign firstSign(JsonNode node, IdCheck ids, String part, Words words) {
        if (!node.isObject()) {
            return null;
        }
        var source = ids.check("firstSign.source", text(node, "source"), IdCheck.ID);
        if (!words.hasFirstSign(source)) {
            throw new InvalidSignalException("firstSign.source " + SafeText.quoted(source)
                    + " is none of firstSigns in the platform's platform.yaml");
        }
        return new Signal.FirstSign(
                source,
                ids.check("firstSign.sign", WordForm.stripped(text(node, "sign")), IdCheck.ID),
                priority(words.priority(part, text(node, "previousPriority")).orElse("")),
                ids.check("firstSign.subject", text(node, "subject"), IdCheck.ID));
    }

    private static Signal.PlatformRecord record(String member, JsonNode mapped, IdCheck ids, Words words) {
        var node = mapped.path(member);
        if (!node.isObject() || text(node, "id").isEmpty()) {
            return null;
        }
        var part = node.path("part").asText("incident");
        if (!words.hasPart(part)) {
            // Kept under a name that nobody plans for, the record would be opened a second time.
            throw new InvalidSignalException(member + ".part " + SafeText.quoted(part)
                    + " is none of the parts in the platform's platform.yaml");
        }
        return new Signal.PlatformRecord(
                part,
                ids.check(member + ".id", text(node, "id"), IdCheck.ID),
                ids.check(member + ".number", text(node, "number"), IdCheck.ID),
                ids.check(member + ".url", text(node, "url"), IdCheck.URL),
                node.path("keyTaken").asBoolean(false));
    }

    /** Organisations may name their priorities as they like; a name that is none of P1 to P5 counts as no priority. */
    private static String priority(String text) {
        return PRIORITY.matcher(text).matches() ? text : "";
    }

    /** After a time that is far in the future, all later signals would count as old. */
    private static Instant time(String text, Instant fallback) {
        var time = text.isEmpty() ? fallback : PlatformTime.parse(text);
        if (time.isAfter(Instant.now().plus(AHEAD))) {
            throw new InvalidSignalException("time " + time + " is more than a day ahead of this host's clock");
        }
        return time;
    }

    /** Numbers as jq writes them: whole, or with a fraction of zero. */
    private static long version(JsonNode node) {
        if (!node.isNumber()) {
            return -1;
        }
        var version = node.doubleValue();
        if (version != Math.rint(version) || version < -1 || version > LARGEST_VERSION) {
            throw new InvalidSignalException("the record's version " + SafeText.quoted(node.asText())
                    + " is no whole number from 0 to " + LARGEST_VERSION);
        }
        return (long) version;
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
