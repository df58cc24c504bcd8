package io.xtribe.fusionhub.console;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.converge.RecordReader;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.NotPossibleException;
import io.xtribe.fusionhub.incident.Note;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.work.WorkLane;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * Does by hand what an operator asks for: stores what {@link Incident} makes of it, puts on the timeline who asked and why, and
 * marks the incident as work. Whatever makes no sense is a {@link NotPossibleException}.
 */
@Singleton
public class Operator {

    /**
     * Who asks, and why.
     *
     * @param verb what for
     * @param who a name, or an address
     * @param reason free text, may be empty
     */
    public record Request(String verb, String who, String reason) {

        String text(String note) {
            return verb + " by " + who + (reason.isEmpty() ? "" : " (" + reason + ")") + ": " + note;
        }
    }

    private final IncidentStore store;
    private final ReferenceStore references;
    private final Timeline timeline;
    private final WorkSet work;
    private final WorkQueue queue;
    private final RecordReader records;
    private final boolean observe;

    public Operator(
            IncidentStore store,
            ReferenceStore references,
            Timeline timeline,
            WorkSet work,
            WorkQueue queue,
            RecordReader records,
            FusionConfig config) {
        this.store = store;
        this.references = references;
        this.timeline = timeline;
        this.work = work;
        this.queue = queue;
        this.records = records;
        this.observe = config.mode() == FusionConfig.Mode.OBSERVE;
    }

    /** What has platforms written to. Returns the incident's new state. */
    public Incident write(Incident incident, Request request, Function<Incident, Change> change) {
        checkWrites();
        return change(incident, request, change);
    }

    /** What by itself writes to no platform. Returns the incident's new state. */
    public Incident change(Incident incident, Request request, Function<Incident, Change> change) {
        var made = new Change[1];
        UnaryOperator<Incident> changed = current -> {
            made[0] = change.apply(current);
            return made[0].incident();
        };
        var after = store.change(incident.id(), changed).incident();
        told(after, request, made[0].decided());
        return after;
    }

    /**
     * Attaches a record. It is read first: what it shows is known then, and that it is there.
     *
     * @throws io.xtribe.fusionhub.platform.PlatformException when its platform refuses to show it, or does not answer
     */
    Incident attach(Incident incident, Request request, String platform, String part, String id) {
        checkWrites();
        var said = records.read(incident, platform, part, id);
        var record = said.record().id();
        incident.attached(said);
        var owner = references.claim(platform, part, record, incident.id());
        if (!owner.equals(incident.id())) {
            throw new NotPossibleException(
                    platform + " " + part + " " + said.record().number() + " (" + record + ") belongs to incident "
                            + owner + ": detach it there first");
        }
        return releasing(incident, request, platform, part, current -> current.attached(said));
    }

    Incident detach(Incident incident, Request request, String platform, String part) {
        return releasing(incident, request, platform, part, current -> current.detached(platform, part));
    }

    /** The record that was there until then is nobody's afterwards. */
    private Incident releasing(
            Incident incident, Request request, String platform, String part, Function<Incident, Change> change) {
        var before = new Incident[1];
        var after = change(incident, request, current -> {
            before[0] = current;
            return change.apply(current);
        });
        var record = before[0].part(platform, part).reference();
        if (record != null) {
            references.release(platform, part, record.id(), incident.id());
        }
        return after;
    }

    /** @throws NotPossibleException in observe mode */
    void checkWrites() {
        if (observe) {
            throw new NotPossibleException("fusion.mode=observe: no platform is written to");
        }
    }

    private void told(Incident after, Request request, List<Note> decided) {
        decided.forEach(note ->
                timeline.note(after.id(), Line.decision(note.rule(), "", request.who(), request.text(note.text()))));
        if (!after.isSettled()) {
            var lane = WorkLane.of(after);
            work.mark(after.id(), lane);
            queue.wake(after.id(), lane);
        }
    }
}
