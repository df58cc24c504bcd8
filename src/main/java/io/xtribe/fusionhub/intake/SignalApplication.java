package io.xtribe.fusionhub.intake;

import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.End;
import io.xtribe.fusionhub.incident.Hearing;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Recurring;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.trace.Traces;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkMarks;

/**
 * Applies signals to records that are known: stores what {@link Incident#observe} makes of them, marks what is left to do as work, and
 * notes it in the timeline. Each of its methods returns {@code applied} or {@code unchanged}, the outcome for the metrics.
 */
final class SignalApplication {

    private final IncidentStore store;
    private final ReferenceStore references;
    private final CommentTexts texts;
    private final Timeline timeline;
    private final WorkMarks work;
    private final ChangeRules changeRules;
    private final BiConsumer<String, Incident> drift;
    private final InstantSource clock;

    /**
     * Applies them.
     *
     * @param changeRules what is done about changes by people
     * @param drift told of what no webhook has told: the platform and the incident
     * @param clock the time at which signals are heard
     */
    SignalApplication(
            IncidentStore store,
            ReferenceStore references,
            CommentTexts texts,
            Timeline timeline,
            WorkMarks work,
            ChangeRules changeRules,
            BiConsumer<String, Incident> drift,
            InstantSource clock) {
        this.store = store;
        this.references = references;
        this.texts = texts;
        this.timeline = timeline;
        this.work = work;
        this.changeRules = changeRules;
        this.drift = drift;
        this.clock = clock;
    }

    String apply(String id, Signal signal) {
        if (signal.kind() == SignalKind.UNKNOWN) {
            note(id, signal, Rule.NOT_UNDERSTOOD, signal.reason());
            return "unchanged";
        }
        if (!signal.member().isEmpty()) {
            return recur(id, signal, Recurring.Sign.following(signal));
        }
        return signal.mergedInto() == null ? hear(id, Observation.of(signal), signal) : merged(id, signal);
    }

    /** The platform merged the record into another one: that is followed, unless it is another incident's. */
    private String merged(String id, Signal signal) {
        var record = signal.record();
        var survivor = signal.mergedInto();
        var said = Observation.of(signal);
        var isIts = record != null
                && store.find(id)
                        .map(found -> found.incident().part(signal.platform(), record.part()))
                        .filter(Part::isOpened)
                        .filter(part -> part.reference().id().equals(record.id()))
                        .isPresent();
        if (!isIts) {
            return hear(id, said, signal);
        }
        var owner = references.claim(signal.platform(), survivor.part(), survivor.id(), id);
        if (owner.equals(id)) {
            var hearing = hearing();
            var reference = new Reference(survivor.id(), survivor.number(), survivor.url(), false, true);
            return hear(id, said, incident -> incident.merged(said, reference, hearing), signal);
        }
        note(
                id,
                signal,
                Rule.MERGE,
                "merged into " + survivor.number() + " " + survivor.url() + ", which belongs to incident " + owner
                        + ": this one is over with it");
        return hear(id, said, signal);
    }

    private String hear(String id, Observation said, Signal signal) {
        var hearing = hearing();
        return hear(
                id,
                said,
                incident -> PolledSignals.isOne(signal.id())
                        ? incident.observePolled(said, hearing)
                        : incident.observe(said, hearing),
                signal);
    }

    /** It belongs to the series of the incident's alert, perhaps to another cycle than the one it began with. */
    String recur(String id, Signal signal, Recurring.Sign sign) {
        return recur(id, signal, sign, incident -> incident);
    }

    /** The same, of the incident after a change that needs no words. */
    String recur(String id, Signal signal, Recurring.Sign sign, UnaryOperator<Incident> before) {
        var said = Observation.of(signal);
        var hearing = hearing();
        return hear(id, said, current -> before.apply(current).recurring(said, sign, hearing), signal);
    }

    /** Its end was told before its beginning. */
    String end(String id, End end, Signal signal) {
        var said = Observation.ofEnd(signal, end);
        if (signal.member().isEmpty()) {
            return hear(id, said, signal);
        }
        var hearing = hearing();
        return hear(id, said, current -> current.recurring(said, Recurring.Sign.following(signal), hearing), signal);
    }

    /** Keeps what a signal says in comments, before a record tells of them. */
    void keepTexts(String id, Signal signal) {
        signal.comments().forEach(comment -> keepText(id, signal.platform(), comment));
    }

    /** Notes it in the incident's timeline. */
    void note(String id, Signal signal, Rule rule, String text) {
        timeline.note(
                id,
                Line.signal(
                        signal.platform(),
                        signal.by(),
                        signal.id(),
                        rule,
                        signal.kind().name().toLowerCase(Locale.ROOT) + ": " + text));
    }

    private String hear(String id, Observation said, Function<Incident, Change> hearing, Signal signal) {
        var change = new Change[1];
        var before = store.find(id)
                .orElseThrow(() -> new InvalidSignalException(
                        DeadLetterClass.EXPIRED,
                        "its record belongs to incident " + id + ", which is not kept any more"))
                .incident();
        keepTexts(before, said);
        var after = store.change(id, incident -> {
                    change[0] = hearing.apply(incident);
                    return change[0].incident();
                })
                .incident();
        claimAdopted(before, after, signal);
        if (PolledSignals.isOne(signal.id()) && isNewWork(before, after)) {
            drift.accept(signal.platform(), after);
        }
        if (!after.isSettled()) {
            Traces.isAbout(id);
            work.mark(id, WorkLane.of(after));
        }
        change[0].decided().forEach(note -> note(id, signal, note.rule(), note.text()));
        return after.equals(before) ? "unchanged" : "applied";
    }

    private static boolean isNewWork(Incident before, Incident after) {
        return !after.isSettled() && (before.isSettled() || after.generation() > before.generation());
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

    private Hearing hearing() {
        return new Hearing(clock.instant(), changeRules);
    }
}
