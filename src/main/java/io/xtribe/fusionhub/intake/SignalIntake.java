package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Recurring;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Trigger;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.Comments;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.signal.SignalReader;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.signal.Words;
import io.xtribe.fusionhub.trace.LogFields;
import io.xtribe.fusionhub.trace.Trace;
import io.xtribe.fusionhub.trace.TracedExchange;
import io.xtribe.fusionhub.trace.Traces;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkMarks;

/**
 * Takes a signal: applies it to the incident that it belongs to, opens one, or says why it does neither. A redelivered signal does no
 * harm: everything but the acknowledgement may have happened before.
 */
public final class SignalIntake {

    /** Exchange property with the signal as it was stored on the stream. */
    static final String ORIGINAL = "original";

    /** For so long a comment waits for the beginning of what it is about. */
    private static final Duration EARLY = Duration.ofSeconds(5);

    private final IncidentStore store;
    private final ReferenceStore references;
    private final KnownIncidents incidents;
    private final SignalApplication application;
    private final WorkMarks work;
    private final AttemptMaker attempts;
    private final FirstSigns firstSigns;
    private final Map<String, Words> words;
    private final Set<String> hintNames;
    private final SpeakerCheck speakers;
    private final Predicate<String> copies;
    private final Duration reopenWindow;
    private final boolean observe;
    private final Brake brake;
    private final SignalTally tally;
    private final InstantSource clock;

    /**
     * The intake.
     *
     * @param words what the words of each platform mean that takes part
     * @param speakers whose signals are refused
     * @param copies of which platforms other platforms may show comments
     * @param reopenWindow how long after its end an alert that begins again opens its incident again
     * @param observe whether no platform is written to
     * @param brake says which new incidents are held
     * @param clock the time at which signals are heard
     */
    SignalIntake(
            IncidentStore store,
            ReferenceStore references,
            KnownIncidents incidents,
            SignalApplication application,
            WorkMarks work,
            AttemptMaker attempts,
            FirstSigns firstSigns,
            Map<String, Words> words,
            Set<String> hintNames,
            SpeakerCheck speakers,
            Predicate<String> copies,
            Duration reopenWindow,
            boolean observe,
            Brake brake,
            SignalTally tally,
            InstantSource clock) {
        this.store = store;
        this.references = references;
        this.incidents = incidents;
        this.application = application;
        this.work = work;
        this.attempts = attempts;
        this.firstSigns = firstSigns;
        this.words = words;
        this.hintNames = hintNames;
        this.speakers = speakers;
        this.copies = copies;
        this.reopenWindow = reopenWindow;
        this.observe = observe;
        this.brake = brake;
        this.tally = tally;
        this.clock = clock;
    }

    /** Opens the envelope: afterwards the body is the platform's own webhook body. */
    public void open(Exchange exchange) {
        var body = exchange.getIn().getBody(byte[].class);
        var original = body == null ? new byte[0] : body;
        exchange.setProperty(ORIGINAL, original);
        var envelope = CloudEvent.parse(original, hintNames);
        exchange.setProperty(SignalSource.PROPERTY, envelope.source());
        if (!words.containsKey(envelope.source())) {
            throw new InvalidSignalException(
                    DeadLetterClass.UNKNOWN_SOURCE,
                    "source " + SafeText.quoted(envelope.source()) + " is not one of " + new TreeSet<>(words.keySet()));
        }
        exchange.setProperty("envelope", envelope);
        if (Traces.isOn()) {
            var parent = exchange.getIn().getHeader(Traces.HEADER, String.class);
            TracedExchange.carry(
                    exchange,
                    Traces.begin("signal " + envelope.source(), Traces.Kind.CONSUMER, parent)
                            .with("fusion.platform", envelope.source())
                            .with("fusion.signal.id", envelope.id()));
        }
        exchange.getIn().setBody(envelope.data());
    }

    /** Applies the result of the source's mapping. */
    public void receive(
            @Body JsonNode mapped,
            @ExchangeProperty("envelope") CloudEvent envelope,
            @ExchangeProperty(TracedExchange.TRACE) Trace carried) {
        var trace = carried == null ? Trace.NONE : carried;
        var fields = LogFields.with(
                Map.of("platform", envelope.source(), "signalId", envelope.id(), "routeId", "signals-intake"));
        var current = trace.current();
        try {
            trace.with("fusion.outcome", receive(mapped, envelope));
        } finally {
            current.close();
            fields.close();
        }
    }

    /** Returns the outcome. */
    String receive(JsonNode mapped, CloudEvent envelope) {
        var unknown = new ArrayList<UnknownWord>();
        var told = SignalReader.read(envelope, mapped, words.get(envelope.source()), unknown::add);
        var signal = copies.test(told.platform())
                ? told
                : told.withComments(List.of()).withMember(mask(told.member()));
        unknown.forEach(word -> tally.unknownWord(signal.platform(), word));
        if (signal.kind() == SignalKind.UNKNOWN) {
            tally.unknownEvent(signal.platform());
        }
        var outcome = signal.kind() == SignalKind.NOISE
                ? drop(signal, signal.reason())
                : take(signal, SignalReader.account(mapped), unknown);
        if (!Noise.OUTCOME.equals(outcome)) {
            tally.ended(signal.platform(), type(signal), outcome);
        }
        return outcome;
    }

    /** Where its words may be shown nowhere else. */
    private static String mask(String member) {
        return member.isEmpty() ? "" : "#" + Comments.shortHash(member);
    }

    private static String type(Signal signal) {
        return signal.kind().name().toLowerCase(Locale.ROOT);
    }

    private String take(Signal signal, String account, List<UnknownWord> unknown) {
        var known = incidents.find(signal);
        if (known.isPresent()) {
            speakers.beforeChange(signal, account);
            unknown.forEach(word -> application.note(known.get(), signal, Rule.UNKNOWN_WORD, word.text()));
            return signal.member().isEmpty()
                    ? application.apply(known.get(), signal)
                    : fold(known.get(), signal, Recurring.Sign.following(signal));
        }
        var before = incidents.ofSeries(signal);
        if (before.filter(found -> found.status() != Status.RESOLVED || signal.isOver())
                .isPresent()) {
            speakers.beforeChange(signal, account);
            // Its beginning may still come, and must not open what is over.
            firstSigns.rememberEnd(signal, clock.instant());
            return fold(before.get().id(), signal, Recurring.Sign.following(signal));
        }
        if (signal.ourKey().isPresent()) {
            // Another hub's record, or one of ours that was removed long ago: never a trigger.
            return drop(signal, "it carries a key of ours, and no incident is known");
        }
        return signal.kind() == SignalKind.UNKNOWN ? unknownBody(signal) : judge(signal, account, unknown, before);
    }

    /** Of one of several, the end may be told to another hub at the same moment, or may have been told before its beginning. */
    private String fold(String id, Signal signal, Recurring.Sign sign) {
        if (signal.isOver() && !signal.member().isEmpty()) {
            firstSigns.rememberEnd(signal, clock.instant());
        }
        var outcome = application.recur(id, signal, sign);
        if (!signal.isOver() && !signal.member().isEmpty()) {
            firstSigns.endOfMember(signal).ifPresent(end -> application.end(id, end, signal));
        }
        return outcome;
    }

    private String unknownBody(Signal signal) {
        if (firstSigns.isKnownNotToOpen(signal, List.of())) {
            return drop(signal, FirstSignRule.unopened(signal.priority()));
        }
        throw notUnderstood(signal.reason(), signal.remedy());
    }

    private String judge(Signal signal, String account, List<UnknownWord> unknown, Optional<Incident> before) {
        var now = clock.instant();
        if (firstSigns.rememberEnd(signal, now)) {
            // It may have been opened between the look for it and now.
            var opened = incidents.find(signal);
            if (opened.isPresent()) {
                return application.apply(opened.get(), signal);
            }
        }
        var decision = firstSigns.decide(signal, unknown, now);
        if (decision.verdict() != Verdict.NOISE) {
            speakers.beforeOpening(signal, account);
        } else if (mayBeEarly(signal, now)) {
            throw new NotYetKnownException("a comment on what no incident is known of, which may be about to begin");
        }
        return switch (decision.verdict()) {
            case NOISE -> drop(signal, decision.reason());
            case NOT_UNDERSTOOD -> throw notUnderstood(signal, decision.reason(), unknown);
            case DEAD_LETTER -> throw new InvalidSignalException(DeadLetterClass.EXPIRED, decision.reason());
            case OPEN -> begin(signal, before, now, false, decision.reason());
            case CONFIRM_FIRST -> begin(signal, before, now, true, decision.reason());
        };
    }

    /** Webhooks overtake each other: somebody may comment on what has begun a moment ago, and that is still on its way. */
    private boolean mayBeEarly(Signal signal, Instant now) {
        return !signal.comments().isEmpty()
                && !signal.isOver()
                && !signal.priority().isEmpty()
                && !firstSigns.isKnownNotToOpen(signal, List.of())
                && Duration.between(signal.occurredAt(), now).abs().compareTo(EARLY) < 0;
    }

    /** Opens again what is over for a short time only, else a new incident. */
    private String begin(Signal signal, Optional<Incident> before, Instant now, boolean unconfirmed, String reason) {
        var again =
                before.filter(found -> Recurring.isWithin(reopenWindow, found, signal.platform(), signal.occurredAt()));
        if (again.isPresent()) {
            return again(again.get(), signal, Recurring.Sign.opening(signal, unconfirmed));
        }
        var incident = Trigger.open(signal, now, unconfirmed);
        var series = incident.origin().series();
        if (!series.isEmpty() && !signal.member().isEmpty()) {
            return foldOrTrigger(incident, signal, unconfirmed, reason);
        }
        if (!series.isEmpty()) {
            incidents.claimSeries(signal.platform(), series, incident.id());
        }
        return trigger(incident, signal, reason);
    }

    /** What the storm brake held, and is over, is let through this time, or is held anew. */
    private String again(Incident before, Signal signal, Recurring.Sign sign) {
        if (!before.isHeldBack()) {
            return fold(before.id(), signal, sign);
        }
        var now = clock.instant();
        var mark = brake.hold(
                        signal.platform(),
                        sign.cycle(),
                        Priority.parse(signal.priority()).orElse(before.priority()))
                .orElse(null);
        return application.recur(before.id(), signal, sign, incident -> incident.heldAnew(mark, now));
    }

    /** Of those that begin at the same moment one opens the incident, whichever is stored first; under the id that was claimed first. */
    private String foldOrTrigger(Incident incident, Signal signal, boolean unconfirmed, String reason) {
        var owner = incidents.claimFolded(signal.platform(), incident.origin().series(), incident.id());
        return !owner.equals(incident.id()) && store.find(owner).isPresent()
                ? fold(owner, signal, Recurring.Sign.opening(signal, unconfirmed))
                : trigger(incident.withId(owner), signal, reason);
    }

    private String drop(Signal signal, String reason) {
        tally.dropped(signal.platform(), type(signal), reason);
        return Noise.OUTCOME;
    }

    /** A list of the account that is not read yet, as when the hub has just started, may have the word. */
    private RuntimeException notUnderstood(Signal signal, String reason, List<UnknownWord> unknown) {
        var letter =
                notUnderstood(reason, unknown.isEmpty() ? "" : unknown.get(0).remedy());
        var known = words.get(signal.platform());
        return unknown.stream().allMatch(word -> known.isComplete(word.field(), word.part()))
                ? letter
                : new NotYetUnderstoodException(letter);
    }

    private static InvalidSignalException notUnderstood(String reason, String remedy) {
        var letterClass = DeadLetterClass.NOT_UNDERSTOOD;
        return new InvalidSignalException(letterClass, reason, remedy.isEmpty() ? letterClass.remedy() : remedy, null);
    }

    private String trigger(Incident newIncident, Signal signal, String reason) {
        if (signal.record() != null) {
            var owner = references.claim(
                    signal.platform(), signal.record().part(), signal.record().id(), newIncident.id());
            if (!owner.equals(newIncident.id())) {
                return application.apply(owner, signal);
            }
        }
        application.keepTexts(newIncident.id(), signal);
        var held = brake.hold(newIncident);
        var isNew = held.isPresent()
                ? hold(newIncident.heldBack(held.get()), signal, reason)
                : enter(newIncident, signal, reason);
        if (!isNew) {
            return application.apply(newIncident.id(), signal);
        }
        if (PolledSignals.isOne(signal.id())) {
            tally.openedByPoll(signal.platform());
        }
        // Told to another hub at the same moment, which found nothing to end.
        firstSigns.endOf(signal).ifPresent(end -> application.end(newIncident.id(), end, signal));
        return held.isPresent() ? "held" : "opened";
    }

    /** Stores a new incident and enters it as work; false when there is one of this id already. */
    private boolean enter(Incident incident, Signal signal, String reason) {
        if (store.create(observe ? incident : attempts.forTrigger(incident)).isEmpty()) {
            return false;
        }
        Traces.isAbout(incident.id());
        work.enter(incident.id(), WorkLane.ofTrigger(incident.priority()));
        application.note(incident.id(), signal, Rule.FIRST_SIGN, "opened: " + reason);
        return true;
    }

    /** Stores one that is no work before an operator releases it; false when there is one of this id already. */
    private boolean hold(Incident incident, Signal signal, String reason) {
        if (store.create(incident).isEmpty()) {
            return false;
        }
        Traces.isAbout(incident.id());
        application.note(incident.id(), signal, Rule.FIRST_SIGN, "begins: " + reason);
        application.note(
                incident.id(),
                signal,
                Rule.STORM_BRAKE,
                "held: " + incident.held().why());
        return true;
    }
}
