package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;

/**
 * Begins steps and writes what they yielded into the record, each branch its own and at once. Every change is applied
 * to the newest state of the record, so that branches, webhooks and other hubs may finish in any order.
 */
public final class Steps {

    private final IncidentStore store;
    private final ReferenceStore references;
    private final Timeline timeline;
    private final Platforms platforms;
    private final AttemptClock clock;
    private final AttemptMaker attempts;
    private final ConvergeMetrics metrics;
    private final String pagingPlatform;
    private final Set<Priority> opened;
    private final Duration recheck;

    /**
     * The steps of converge.
     *
     * @param opened which priorities are opened
     * @param recheck how long after a second create its predecessor is looked for once more
     */
    public Steps(
            IncidentStore store,
            ReferenceStore references,
            Timeline timeline,
            Platforms platforms,
            AttemptClock clock,
            AttemptMaker attempts,
            ConvergeMetrics metrics,
            String pagingPlatform,
            Set<Priority> opened,
            Duration recheck) {
        this.store = store;
        this.references = references;
        this.timeline = timeline;
        this.platforms = platforms;
        this.clock = clock;
        this.attempts = attempts;
        this.metrics = metrics;
        this.pagingPlatform = pagingPlatform;
        this.opened = opened;
        this.recheck = recheck;
    }

    /** Begins a step; empty when somebody else has begun its attempt, so that this one has nothing to do. */
    public Optional<StepRun> begin(Step step) {
        var attempt = step.operation() == Operation.OPEN
                ? step.state().attempt()
                : step.operation() == Operation.LINK ? step.state().linking() : null;
        if (attempt != null && !clock.begin(attempt)) {
            return Optional.empty();
        }
        return Optional.of(new StepRun(
                step,
                StepView.of(step, target(step)),
                profile(step).route(step.operation().verb(), step.part()),
                System.nanoTime() + timeToStart(step, attempt)));
    }

    /** Records what the platform's route yielded; returns the step that must follow at once, if any. */
    public Optional<Step> succeeded(Step step, JsonNode answer) {
        metrics.step(step, "ok");
        switch (step.operation()) {
            case READ -> read(step, PlatformAnswer.read(answer));
            case OPEN -> opened(step, PlatformAnswer.read(answer));
            case FIND -> {
                return found(step, PlatformAnswer.readAll(answer));
            }
            case UPDATE -> updated(step, PlatformAnswer.read(answer));
            case LINK -> linked(step, answer);
            case CLOSE -> closed(step);
        }
        return Optional.empty();
    }

    private void read(Step step, PlatformAnswer answer) {
        var stands = !answer.isResolved()
                && Priority.parse(answer.priority()).filter(opened::contains).isPresent();
        change(step, incident -> stands ? incident.confirmed() : notConfirmed(incident, answer));
        note(
                step,
                stands
                        ? "the old trigger still stands, it is opened"
                        : "the old trigger does not stand any more (status '" + answer.status() + "', priority '"
                                + answer.priority() + "'), nothing is opened");
    }

    /**
     * The record becomes what the platform says, so that nothing is left to be done: least of all may a client's own
     * ticket be resolved for having been lowered. It stays unconfirmed; should it be raised again, it is asked again.
     */
    private static Incident notConfirmed(Incident incident, PlatformAnswer answer) {
        var status = incident.status().after(answer.status());
        var priority = Priority.parse(answer.priority()).orElse(Priority.P5);
        var origin = incident.origin();
        var next = incident;
        for (var entry :
                incident.platforms().getOrDefault(origin.platform(), Map.of()).entrySet()) {
            var part = entry.getValue();
            // A monitor has no record; what is known of its alert stands in a part all the same.
            if (part.reference() == null
                    ? part.known() != null
                    : part.reference().id().equals(origin.subject())) {
                next = next.withPart(
                        origin.platform(),
                        entry.getKey(),
                        current -> current.showing(new Known(status, priority, answer.time(), answer.version())));
            }
        }
        var same = status == incident.status() && priority == incident.priority();
        return (same ? next : next.desiring(status, priority)).settled(Set.of());
    }

    private void opened(Step step, PlatformAnswer answer) {
        adopt(step, answer, "opened");
    }

    private void adopt(Step step, PlatformAnswer answer, String how) {
        var owner = references.claim(step.platform(), step.part(), answer.id(), step.incidentId());
        if (!owner.equals(step.incidentId())) {
            note(step, step.subject() + " " + answer.id() + " belongs to " + owner + " already, not adopted");
            return;
        }
        change(step, incident -> {
            var part = incident.part(step.platform(), step.part());
            if (part.isOpened() && !part.reference().id().equals(answer.id())) {
                return with(incident, step, current -> current.withDuplicate(answer.id()));
            }
            var shows = answer.known(incident.status());
            var opened = with(incident, step, current -> current.opened(answer.reference(true), shows));
            return part.isOpened() ? opened : opened.metAt(shows.status());
        });
        note(step, how + " " + step.subject() + " " + answer.number() + " " + answer.url());
    }

    /**
     * Decides on what a find brought up. Only records that really carry the key count: ServiceNow drops a query part
     * that it does not understand and returns everything.
     */
    private Optional<Step> found(Step step, List<PlatformAnswer> answers) {
        var key = step.key().toString();
        var ours = answers.stream()
                .filter(answer -> answer.key().equals(key))
                .sorted(Comparator.comparing(PlatformAnswer::isResolved)
                        .thenComparing(PlatformAnswer::time, Comparator.reverseOrder()))
                .toList();
        if (step.state().isOpened()) {
            recheck(step, ours);
            return Optional.empty();
        }
        if (!ours.isEmpty()) {
            adopt(step, ours.get(0), "found again");
            ours.stream().skip(1).forEach(second -> duplicate(step, second));
            return Optional.empty();
        }
        if (!step.conclusive()) {
            note(step, "an earlier create of " + step.subject() + " left nothing so far, looking again later");
            return Optional.empty();
        }
        return again(step);
    }

    /** Creates once more, unless the record, another create or the end of the incident came meanwhile. */
    private Optional<Step> again(Step step) {
        var changed = change(step, incident -> {
            var now = incident.part(step.platform(), step.part());
            if (now.isOpened() || !isSame(now.attempt(), step.state().attempt())) {
                return incident;
            }
            return incident.status() == Status.RESOLVED
                    ? with(incident, step, Part::notCreated)
                    : attempts.again(incident, step, recheck);
        });
        var part = changed.part(step.platform(), step.part());
        if (part.isOpened() || part.attempt() == null) {
            note(step, "an earlier create of " + step.subject() + " left nothing, and none is needed any more");
            return Optional.empty();
        }
        // Of several finds that brought nothing up only the first makes an attempt, and an attempt is begun only once.
        note(step, "an earlier create of " + step.subject() + " left nothing, creating again");
        return Optional.of(step.asOpen(changed));
    }

    static boolean isSame(Attempt one, Attempt other) {
        return one != null && other != null && one.token().equals(other.token());
    }

    private void recheck(Step step, List<PlatformAnswer> ours) {
        var kept = step.state().reference().id();
        ours.stream()
                .filter(answer -> !answer.id().equals(kept) && !answer.isResolved())
                .forEach(second -> duplicate(step, second));
        if (step.conclusive()) {
            change(step, incident -> with(incident, step, Part::rechecked));
        }
    }

    private void duplicate(Step step, PlatformAnswer second) {
        change(step, incident -> with(incident, step, part -> part.withDuplicate(second.id())));
        note(step, "a second record of ours: " + step.subject() + " " + second.number() + " " + second.url());
    }

    private void updated(Step step, PlatformAnswer answer) {
        var sent = step.incident();
        change(
                step,
                incident -> with(
                        incident,
                        step,
                        part -> part.updated(new Known(
                                sent.status().after(answer.status()),
                                sent.priority(),
                                later(part.known(), answer.time()),
                                answer.version()))));
        note(step, "brought " + step.subject() + " to " + sent.status() + " " + sent.priority());
    }

    /** An answer need not tell its time, and must not make what is known look older than it is. */
    private static Instant later(Known known, Instant answered) {
        return known != null && known.at().isAfter(answered) ? known.at() : answered;
    }

    private void linked(Step step, JsonNode answer) {
        var shown = new TreeMap<String, String>();
        answer.path("shown").forEach(place -> {
            var reference = step.links().get(place.asText());
            if (reference != null) {
                shown.put(place.asText(), reference.url());
            }
        });
        change(step, incident -> with(incident, step, part -> part.linked(shown)));
        note(step, step.subject() + " shows " + String.join(" and ", shown.keySet()));
    }

    private void closed(Step step) {
        change(step, incident -> with(incident, step, part -> part.withoutDuplicate(step.duplicate())));
        metrics.duplicate(step.platform());
        note(step, "closed the second record " + step.subject() + " " + step.duplicate());
    }

    /** A feature that the account does not have: done without, and said once. */
    void withoutFeature(Step step, String words) {
        metrics.step(step, "feature-off");
        change(step, incident -> switch (step.operation()) {
            case UPDATE ->
                with(
                        incident,
                        step,
                        part -> part.showing(new Known(
                                step.incident().status(),
                                step.incident().priority(),
                                part.known().at(),
                                part.known().version())));
            case LINK -> with(incident, step, part -> part.linked(urls(step.links())));
            case READ, OPEN, FIND, CLOSE -> incident;
        });
        note(step, step.subject() + " does without: " + words);
    }

    Incident change(Step step, UnaryOperator<Incident> change) {
        var before = new Incident[1];
        var after = new Incident[1];
        var stored = store.changeSoon(step.incidentId(), incident -> {
            before[0] = incident;
            after[0] = withMilestones(change.apply(incident));
            return after[0];
        });
        // Not of what was stored: that may be another step's doing, which counts it itself.
        if (before[0].pagedAt() == null && after[0].pagedAt() != null) {
            metrics.paged(after[0]);
        }
        if (before[0].linkedAt() == null && after[0].linkedAt() != null) {
            metrics.linked(after[0]);
        }
        return stored.incident();
    }

    void note(Step step, String text) {
        timeline.note(step.incidentId(), "call", step.platform(), "", text);
    }

    static Incident with(Incident incident, Step step, UnaryOperator<Part> change) {
        return incident.withPart(step.platform(), step.part(), change);
    }

    private Incident withMilestones(Incident incident) {
        var now = Instant.now();
        var paging = platforms.profiles().stream()
                .filter(profile -> profile.name().equals(pagingPlatform))
                .findFirst();
        var next = incident;
        if (paging.isPresent()
                && next.part(pagingPlatform, paging.get().primaryPart()).isOpened()) {
            next = next.pagedAt(now);
        }
        return Plan.isLinked(next, platforms.profiles()) ? next.linkedAt(now) : next;
    }

    /** The attempt's frozen target, or for what needs no attempt the present one. */
    private Map<String, String> target(Step step) {
        var attempt = step.state().attempt();
        return attempt != null ? attempt.target() : platforms.target(step.platform(), step.incident());
    }

    private long timeToStart(Step step, Attempt attempt) {
        var call = profile(step).timeout();
        var window = attempt == null ? call.multipliedBy(2) : clock.left(attempt);
        return window.minus(call).toNanos();
    }

    private PlatformProfile profile(Step step) {
        return platforms.profiles().stream()
                .filter(profile -> profile.name().equals(step.platform()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> urls(Map<String, Reference> links) {
        var urls = new TreeMap<String, String>();
        links.forEach((place, reference) -> urls.put(place, reference.url()));
        return urls;
    }
}
