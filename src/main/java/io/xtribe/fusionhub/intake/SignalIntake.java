package io.xtribe.fusionhub.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.incident.Hearing;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Trigger;
import io.xtribe.fusionhub.platform.UnknownWords;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.signal.SignalReader;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.signal.Words;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * Applies a signal to its incident's record, durably, and marks the incident as work. A redelivered signal
 * does no harm: everything but the acknowledgement may have happened before.
 */
public final class SignalIntake {

    /** Exchange property with the signal as it was stored on the stream. */
    static final String ORIGINAL = "original";

    private final IncidentStore store;
    private final ReferenceStore references;
    private final CommentTexts texts;
    private final Timeline timeline;
    private final WorkSet work;
    private final WorkQueue queue;
    private final AttemptMaker attempts;
    private final FirstSigns firstSigns;
    private final Map<String, Words> words;
    private final Set<String> hintNames;
    private final SpeakerCheck speakers;
    private final Predicate<String> copies;
    private final boolean observe;
    private final Noise noise;
    private final ChangeRules changeRules;
    private final MeterRegistry metrics;

    /**
     * The intake.
     *
     * @param words what the words of each platform mean that takes part
     * @param speakers whose signals are refused
     * @param copies of which platforms other platforms may show comments
     * @param observe whether no platform is written to
     * @param changeRules what is done about changes by people
     */
    public SignalIntake(
            IncidentStore store,
            ReferenceStore references,
            CommentTexts texts,
            Timeline timeline,
            WorkSet work,
            WorkQueue queue,
            AttemptMaker attempts,
            FirstSigns firstSigns,
            Map<String, Words> words,
            Set<String> hintNames,
            SpeakerCheck speakers,
            Predicate<String> copies,
            boolean observe,
            Noise noise,
            ChangeRules changeRules,
            MeterRegistry metrics) {
        this.store = store;
        this.references = references;
        this.texts = texts;
        this.timeline = timeline;
        this.work = work;
        this.queue = queue;
        this.attempts = attempts;
        this.firstSigns = firstSigns;
        this.words = words;
        this.hintNames = hintNames;
        this.speakers = speakers;
        this.copies = copies;
        this.observe = observe;
        this.noise = noise;
        this.changeRules = changeRules;
        this.metrics = metrics;
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
        exchange.getIn().setBody(envelope.data());
    }

    /** Applies the result of the source's mapping. */
    public void receive(@Body JsonNode mapped, @ExchangeProperty("envelope") CloudEvent envelope) {
        var unknown = new ArrayList<UnknownWord>();
        var told = SignalReader.read(envelope, mapped, words.get(envelope.source()), unknown::add);
        var signal = copies.test(told.platform()) ? told : told.withoutComments();
        unknown.forEach(word -> UnknownWords.heard(metrics, signal.platform(), word));
        if (signal.kind() == SignalKind.UNKNOWN) {
            UnknownWords.heardEvent(metrics, signal.platform());
        }
        var outcome = signal.kind() == SignalKind.NOISE
                ? drop(signal, signal.reason())
                : take(signal, SignalReader.account(mapped), unknown);
        if (!Noise.OUTCOME.equals(outcome)) {
            Outcomes.counter(metrics, signal.platform(), outcome, "").increment();
        }
    }

    private String take(Signal signal, String account, List<UnknownWord> unknown) {
        var known = find(signal);
        if (known.isPresent()) {
            speakers.beforeChange(signal, account);
            unknown.forEach(word -> note(known.get(), signal, word.text()));
            return apply(known.get(), signal);
        }
        if (signal.ourKey().isPresent()) {
            // Another hub's record, or one of ours that was removed long ago: never a trigger.
            return drop(signal, "it carries a key of ours, and no incident is known");
        }
        return signal.kind() == SignalKind.UNKNOWN ? unknownBody(signal) : judge(signal, account, unknown);
    }

    private String unknownBody(Signal signal) {
        if (firstSigns.isKnownNotToOpen(signal, List.of())) {
            return drop(signal, FirstSignRule.unopened(signal.priority()));
        }
        throw notUnderstood(signal.reason(), signal.remedy());
    }

    private String judge(Signal signal, String account, List<UnknownWord> unknown) {
        var now = Instant.now();
        if (firstSigns.rememberEnd(signal, now)) {
            // It may have been opened between the look for it and now.
            var opened = find(signal);
            if (opened.isPresent()) {
                return apply(opened.get(), signal);
            }
        }
        var decision = firstSigns.decide(signal, unknown, now);
        if (decision.verdict() != Verdict.NOISE) {
            speakers.beforeOpening(signal, account);
        }
        return switch (decision.verdict()) {
            case NOISE -> drop(signal, decision.reason());
            case NOT_UNDERSTOOD -> throw notUnderstood(signal, decision.reason(), unknown);
            case DEAD_LETTER -> throw new InvalidSignalException(DeadLetterClass.EXPIRED, decision.reason());
            case OPEN -> trigger(Trigger.open(signal, now, false), signal, decision.reason());
            case CONFIRM_FIRST -> trigger(Trigger.open(signal, now, true), signal, decision.reason());
        };
    }

    private String drop(Signal signal, String reason) {
        noise.dropped(signal.platform(), reason);
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

    /** By an id of ours in the payload, by the record's reference, by the derived id, in this order. */
    private Optional<String> find(Signal signal) {
        return signal.ourKey()
                .map(PlatformKey::correlationId)
                .filter(id -> store.find(id).isPresent())
                .or(() -> Optional.ofNullable(signal.record())
                        .flatMap(record -> references.find(signal.platform(), record.part(), record.id()))
                        .filter(id -> store.find(id).isPresent()))
                .or(() -> Optional.of(signal.key())
                        .filter(key -> !key.isEmpty())
                        .map(key -> CorrelationId.derive(signal.platform(), signal.scope(), key))
                        .filter(id -> store.find(id).isPresent()));
    }

    private String trigger(Incident newIncident, Signal signal, String reason) {
        if (signal.record() != null) {
            var owner = references.claim(
                    signal.platform(), signal.record().part(), signal.record().id(), newIncident.id());
            if (!owner.equals(newIncident.id())) {
                return apply(owner, signal);
            }
        }
        signal.comments().forEach(comment -> keepText(newIncident.id(), signal.platform(), comment));
        var incident = observe ? newIncident : attempts.forTrigger(newIncident);
        if (store.create(incident).isEmpty()) {
            return apply(newIncident.id(), signal);
        }
        work.enterTrigger(newIncident.id(), WorkLane.ofTrigger(newIncident.priority()))
                .ifPresent(queue::enter);
        note(newIncident.id(), signal, "opened: " + reason);
        if (PolledSignals.isOne(signal.id())) {
            metrics.counter("fusion.polls.opened", "platform", signal.platform())
                    .increment();
        }
        // Told to another hub at the same moment, which found nothing to end.
        firstSigns.endOf(signal).ifPresent(end -> hear(newIncident.id(), Observation.ofEnd(signal, end), signal));
        return "opened";
    }

    private String apply(String id, Signal signal) {
        if (signal.kind() == SignalKind.UNKNOWN) {
            note(id, signal, signal.reason());
            return "unchanged";
        }
        return hear(id, Observation.of(signal), signal);
    }

    private String hear(String id, Observation said, Signal signal) {
        var change = new Change[1];
        var hearing = new Hearing(Instant.now(), changeRules);
        var before = store.find(id)
                .orElseThrow(() -> new InvalidSignalException(
                        DeadLetterClass.EXPIRED,
                        "its record belongs to incident " + id + ", which is not kept any more"))
                .incident();
        keepTexts(before, said);
        var after = store.change(id, incident -> {
                    change[0] = incident.observe(said, hearing);
                    return change[0].incident();
                })
                .incident();
        claimAdopted(before, after, signal);
        if (!after.isSettled()) {
            var lane = WorkLane.of(after);
            work.mark(id, lane);
            queue.wake(id, lane);
        }
        change[0].notes().forEach(text -> note(id, signal, text));
        return after.equals(before) ? "unchanged" : "applied";
    }

    /** Before the record tells of them: what it tells of can be written. */
    private void keepTexts(Incident incident, Observation said) {
        incident.newComments(said).forEach(comment -> keepText(incident.id(), said.platform(), comment));
    }

    private void keepText(String id, String platform, Comment comment) {
        texts.keep(id, KeptComment.keyOf(platform, comment), new CommentTexts.Words(comment.author(), comment.text()));
    }

    private void claimAdopted(Incident before, Incident after, Signal signal) {
        var record = signal.record();
        if (record != null
                && !before.part(signal.platform(), record.part()).isOpened()
                && after.part(signal.platform(), record.part()).isOpened()) {
            references.claim(signal.platform(), record.part(), record.id(), after.id());
        }
    }

    private void note(String id, Signal signal, String text) {
        timeline.note(
                id,
                "signal",
                signal.platform(),
                signal.id(),
                signal.kind().name().toLowerCase(Locale.ROOT) + ": " + text);
    }
}
