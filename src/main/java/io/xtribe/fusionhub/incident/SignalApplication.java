package io.xtribe.fusionhub.incident;

import java.time.Instant;

import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;

/**
 * What a signal makes of an incident: a pure function, safe to apply twice. A signal never calls a platform; it
 * changes what should be true, and what a platform is known to show.
 */
public final class SignalApplication {

    /** Where the last known state of what has no record stands: an alert of a monitor. No platform opens it. */
    static final String ALERT = "alert";
    /** What stands in a record, so that it stays small; even the longest column of a platform takes less. */
    static final int TITLE_LIMIT = 2_000;

    static final int DESCRIPTION_LIMIT = 6_000;

    /**
     * The outcome of applying a signal.
     *
     * @param incident the incident afterwards; equal to the one before when nothing changed
     * @param explanation what was decided, for the timeline
     */
    public record Applied(Incident incident, String explanation) {}

    private SignalApplication() {}

    /**
     * The record that a first sign opens. It is open even when its own platform already calls it in progress: nobody
     * has answered the page yet.
     */
    public static Incident open(Signal signal, Instant now, boolean unconfirmed) {
        var origin = new Origin(
                signal.platform(),
                signal.firstSign().source(),
                signal.scope(),
                signal.key(),
                signal.firstSign().subject());
        var incident = new IncidentBuilder()
                .id(CorrelationId.derive(signal.platform(), signal.scope(), signal.key()))
                .generation(1)
                .origin(origin)
                .title(cut(signal.title(), TITLE_LIMIT))
                .description(cut(signal.description(), DESCRIPTION_LIMIT))
                .priority(Priority.parse(signal.priority()).orElseThrow())
                .status(Status.OPEN)
                .hints(signal.hints())
                .startedAt(signal.occurredAt())
                .receivedAt(now)
                .unconfirmed(unconfirmed)
                .build();
        return signal.record() == null
                ? incident.withPart(signal.platform(), ALERT, part -> part.showing(shownBy(incident, signal)))
                : withRecordOf(incident, signal, false);
    }

    /** What the signal makes of an incident that it belongs to. */
    public static Applied apply(Incident incident, Signal signal) {
        var record = signal.record();
        if (record == null) {
            return report(incident, ALERT, signal);
        }
        var part = incident.part(signal.platform(), record.part());
        if (part.isOpened() && !part.reference().id().equals(record.id())) {
            return secondRecord(incident, part, signal);
        }
        if (!part.isOpened()) {
            var ours = carriesKeyOf(signal, incident, part);
            var adopted = withRecordOf(incident, signal, ours);
            return new Applied(
                    ours ? adopted.metAt(incident.status().after(signal.status())) : adopted,
                    "adopted " + signal.platform() + " " + record.part() + " " + record.id() + " from its own webhook");
        }
        return report(incident, record.part(), signal);
    }

    private static Applied secondRecord(Incident incident, Part part, Signal signal) {
        var record = signal.record();
        if (part.duplicates().contains(record.id()) && "resolved".equals(signal.status())) {
            return new Applied(
                    incident.withPart(signal.platform(), record.part(), known -> known.withoutDuplicate(record.id())),
                    "the second record of ours is closed: " + signal.platform() + " " + record.id());
        }
        // Only where a create of unknown outcome was followed by another can the second record be ours; anything
        // else that carries our key is a person's copy, and closing it would destroy their work.
        // Once it is closed, by us as a rule, what it tells is only the echo of that.
        if (part.suspect() && carriesKeyOf(signal, incident, part) && !"resolved".equals(signal.status())) {
            if (part.duplicates().contains(record.id())) {
                return new Applied(incident, "says what is already known of a second record of ours");
            }
            var next = incident.withPart(signal.platform(), record.part(), known -> known.withDuplicate(record.id()))
                    .unsettled();
            return new Applied(next, "a second record of ours: " + signal.platform() + " " + record.id());
        }
        return new Applied(
                incident, "a copy that carries our key, not applied: " + signal.platform() + " " + record.id());
    }

    private static Applied report(Incident incident, String part, Signal signal) {
        var known = incident.part(signal.platform(), part).known();
        if (known != null && !known.isOlderThan(signal.occurredAt(), signal.version())) {
            return new Applied(incident, "says nothing newer than what is known");
        }
        var reported = Priority.parse(signal.priority());
        var wasStatus = known == null ? incident.status() : known.status();
        var wasPriority = known == null ? incident.priority() : known.priority();
        var showsStatus = wasStatus.after(signal.status());
        var showsPriority = reported.orElse(wasPriority);
        var shown = incident.withPart(
                signal.platform(), part, current -> (isTaken(incident, current, signal) ? current.taken() : current)
                        .showing(new Known(showsStatus, showsPriority, signal.occurredAt(), signal.version())));
        var status = showsStatus == wasStatus ? incident.status() : showsStatus;
        var priority = showsPriority == wasPriority || showsPriority == null ? incident.priority() : showsPriority;
        return applied(shown, status, priority, signal);
    }

    /** Our own key where it belongs is nobody else's, nor does it matter on a record that the hub made. */
    private static boolean isTaken(Incident incident, Part part, Signal signal) {
        return signal.record() != null
                && signal.record().keyTaken()
                && part.isOpened()
                && !part.reference().ours()
                && !carriesKeyOf(signal, incident, part);
    }

    private static Applied applied(Incident incident, Status status, Priority priority, Signal signal) {
        if (status == incident.status() && priority == incident.priority()) {
            return new Applied(incident, "says what is already so");
        }
        return new Applied(
                incident.desiring(status, priority), signal.platform() + " changed it to " + status + " " + priority);
    }

    private static Incident withRecordOf(Incident incident, Signal signal, boolean ours) {
        var record = signal.record();
        var reference = new Reference(record.id(), record.number(), record.url(), ours, !ours && record.keyTaken());
        var shows = shownBy(incident, signal);
        return incident.withPart(signal.platform(), record.part(), part -> part.opened(reference, shows));
    }

    private static Known shownBy(Incident incident, Signal signal) {
        return new Known(
                incident.status().after(signal.status()),
                Priority.parse(signal.priority()).orElse(incident.priority()),
                signal.occurredAt(),
                signal.version());
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    private static boolean carriesKeyOf(Signal signal, Incident incident, Part part) {
        return signal.ourKey()
                .map(key -> key.equals(new PlatformKey(incident.id(), part.keyNumber())))
                .orElse(false);
    }
}
