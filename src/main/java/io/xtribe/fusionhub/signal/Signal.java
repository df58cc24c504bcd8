package io.xtribe.fusionhub.signal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.immutables.value.Value;

import io.xtribe.fusionhub.catalogue.RoutingHints;

/**
 * What a platform reported, in the hub's terms. Made in one place: the mapping file of the source
 * ({@code signal.jq} in its folder), read by {@link SignalReader}.
 *
 * <p>Texts are never null; an empty one means that the platform did not say.
 *
 * @param id the delivery's deduplication key, as in the envelope
 * @param platform the platform that sent it, for example {@code servicenow}
 * @param kind what happened
 * @param reason why it is noise, for {@link SignalKind#NOISE}; what is not known of it, for {@link SignalKind#UNKNOWN}
 * @param firstSign the first sign that this signal may be, or null when it cannot open an incident
 * @param record the platform record it is about, or null for an alert that has none
 * @param scope organisation or instance; part of the derived correlation id
 * @param key the origin's own key of the thing that happened, unique within the scope
 * @param fusionKey our own key, where the platform hands it back, or null
 * @param title one line
 * @param description free text
 * @param priority {@code P1} to {@code P5}, or empty
 * @param status {@code open}, {@code acknowledged}, {@code resolved}, {@code closed} (resolved
 *     for good), {@code active} (one of the first two; the platform does not say which), or empty when it does not say
 * @param occurredAt when it happened, by the platform's clock; when it was received where the platform does not say
 * @param version the platform's own count of changes of this record, or -1 where it has none
 * @param hints where to route, from the catalogue
 * @param timed whether the platform said when it happened
 * @param remedy what to do about what is not known of it, for {@link SignalKind#UNKNOWN}; empty for the usual
 * @param mergedInto the record into which the platform merged this one, or null
 * @param series what begins again and again under other keys, unique within the scope; empty where nothing does
 * @param member which of several that belong to one incident of the series alerts, such as a group of a monitor; empty where the series
 *     is one alert, or all of it is meant
 * @param end what its end makes of the incident
 * @param comments what people wrote on the record, as far as this tells
 * @param links the texts in which the record shows URLs; null where it does not tell
 * @param by who did it; empty where the platform does not say
 */
@Value.Builder
public record Signal(
        String id,
        String platform,
        SignalKind kind,
        String reason,
        FirstSign firstSign,
        PlatformRecord record,
        String scope,
        String key,
        PlatformKey fusionKey,
        String title,
        String description,
        String priority,
        String status,
        Instant occurredAt,
        long version,
        RoutingHints hints,
        boolean timed,
        String remedy,
        PlatformRecord mergedInto,
        String series,
        String member,
        SignalEnd end,
        List<Comment> comments,
        List<String> links,
        String by)
        implements WithSignal {

    public Signal {
        member = member == null ? "" : member;
        comments = List.copyOf(comments);
    }

    /** Our word for a status that is over. */
    public static final String RESOLVED = "resolved";

    /** The same where the platform never takes it back, so that the record cannot be opened again. */
    public static final String CLOSED = "closed";

    /**
     * A first sign of something new.
     *
     * @param source one of {@code fusion.triggers.sources}, for example {@code datadog.monitor}
     * @param sign the platform's word for the event, for example {@code Triggered}
     * @param previousPriority the priority before this event where the platform names it, else empty
     * @param subject the platform's id of what began, by which {@code <platform>-read} reads it again
     */
    public record FirstSign(String source, String sign, String previousPriority, String subject) {}

    /**
     * One record on a platform.
     *
     * @param part which of the platform's parts, {@code incident} unless it has several
     * @param id the platform's own id
     * @param number what people call it
     * @param url where people open it
     * @param keyTaken whether the place of our key holds another system's key
     */
    public record PlatformRecord(String part, String id, String number, String url, boolean keyTaken) {}

    /** Whether the platform says that it is over. */
    public boolean isOver() {
        return isOver(status);
    }

    /** Whether a status, in our words, is over. */
    public static boolean isOver(String status) {
        return RESOLVED.equals(status) || CLOSED.equals(status);
    }

    /** Whether a key is not the platform's: a poll has made it up, since what it has found does not tell one. */
    public static boolean isMadeUp(String key) {
        return key.startsWith("~");
    }

    public Optional<PlatformKey> ourKey() {
        return Optional.ofNullable(fusionKey);
    }
}
