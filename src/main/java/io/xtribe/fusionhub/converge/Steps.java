package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.Hearing;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Note;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Outcome;
import io.xtribe.fusionhub.incident.Outcome.Closed;
import io.xtribe.fusionhub.incident.Outcome.Commented;
import io.xtribe.fusionhub.incident.Outcome.Found;
import io.xtribe.fusionhub.incident.Outcome.Linked;
import io.xtribe.fusionhub.incident.Outcome.Opened;
import io.xtribe.fusionhub.incident.Outcome.OriginRead;
import io.xtribe.fusionhub.incident.Outcome.ReadAgain;
import io.xtribe.fusionhub.incident.Outcome.Updated;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.incident.Timeline.Line;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.UnknownWord;

/**
 * Begins steps and stores what they make of the record, each branch its own and at once. What that is, {@link Outcome}
 * says; it is applied to the newest state of the record, so that branches, webhooks and other hubs may finish in any order.
 */
public final class Steps {

    /** About as long as it takes to learn that NATS is away still. */
    private static final Duration STORE_PAUSE = Duration.ofMillis(200);

    private final IncidentStore store;
    private final ReferenceStore references;
    private final Timeline timeline;
    private final CommentNotes comments;
    private final Platforms platforms;
    private final AttemptClock clock;
    private final AttemptMaker attempts;
    private final ConvergeMetrics metrics;
    private final String pagingPlatform;
    private final Set<Priority> opened;
    private final Duration recheck;
    private final ChangeRules changeRules;

    /**
     * The steps of converge.
     *
     * @param comments what platforms are to show of comments
     * @param opened which priorities are opened
     * @param recheck how long after a second create its predecessor is looked for once more
     * @param changeRules what is done about changes by people
     */
    public Steps(
            IncidentStore store,
            ReferenceStore references,
            Timeline timeline,
            CommentNotes comments,
            Platforms platforms,
            AttemptClock clock,
            AttemptMaker attempts,
            ConvergeMetrics metrics,
            String pagingPlatform,
            Set<Priority> opened,
            Duration recheck,
            ChangeRules changeRules) {
        this.store = store;
        this.references = references;
        this.timeline = timeline;
        this.comments = comments;
        this.platforms = platforms;
        this.clock = clock;
        this.attempts = attempts;
        this.metrics = metrics;
        this.pagingPlatform = pagingPlatform;
        this.opened = opened;
        this.recheck = recheck;
        this.changeRules = changeRules;
    }

    /** Begins a step; empty when somebody else has begun its attempt, so that this one has nothing to do. */
    public Optional<StepRun> begin(Step step) {
        var attempt =
                switch (step.operation()) {
                    case OPEN -> step.state().attempt();
                    case LINK -> step.state().linking();
                    case UPDATE -> step.state().updating();
                    case COMMENT -> step.state().commenting();
                    case READ, FIND, CLOSE -> null;
                };
        if (attempt != null && !clock.begin(attempt)) {
            return Optional.empty();
        }
        return Optional.of(new StepRun(
                step,
                StepView.of(step, target(step), sent(step), comments.view(step), copied(step)),
                profile(step).route(step.operation().verb(), step.routePart()),
                System.nanoTime() + timeToStart(step, attempt)));
    }

    /** Records what the platform's route yielded; returns the step that must follow at once, if any. */
    public Optional<Step> succeeded(Step step, JsonNode answer) {
        metrics.step(step, "ok");
        switch (step.operation()) {
            case READ ->
                conclude(
                        step,
                        step.concernsOrigin() ? new OriginRead(read(answer, step), opened) : readAgain(answer, step));
            case OPEN -> {
                var said = read(answer, step);
                kept(step.state().attempt(), () -> adopt(step, said));
            }
            case FIND -> {
                return found(step, Found.of(step, readAll(answer, step)));
            }
            case UPDATE -> {
                var updated = new Updated(read(answer, step), new Hearing(Instant.now(), changeRules));
                kept(step.state().updating(), () -> conclude(step, updated));
                metrics.carried(step, Instant.now());
            }
            case LINK -> {
                var linked = new Linked(texts(answer.path("shown")));
                kept(step.state().linking(), () -> conclude(step, linked));
            }
            case COMMENT -> {
                kept(step.state().commenting(), () -> conclude(step, new Commented()));
                metrics.carried(step, Instant.now());
            }
            case CLOSE -> {
                conclude(step, new Closed());
                metrics.duplicate(step.platform());
            }
        }
        return Optional.empty();
    }

    /**
     * Stores what a platform has answered. While NATS does not take it, as between the loss of a server and the choice of another leader, it is
     * tried again until the attempt is over: until then nobody may look for the record, so that a lost answer would hold its links up for as
     * long. It may be stored twice, which changes nothing.
     */
    private void kept(Attempt attempt, Runnable storing) {
        while (true) {
            try {
                storing.run();
                return;
            } catch (StoreUnavailableException e) {
                if (attempt == null
                        || clock.left(attempt).compareTo(STORE_PAUSE) <= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(STORE_PAUSE.toNanos());
            }
        }
    }

    private Outcome readAgain(JsonNode answer, Step step) {
        return new ReadAgain(read(answer, step), new Hearing(Instant.now(), changeRules));
    }

    /** How long a call that gave no answer may still have its effect. */
    Duration lasting(Step step) {
        return profile(step).settle();
    }

    /** A mark of how the platform is configured. */
    String configuration(String platform) {
        return platforms.configuration(platform);
    }

    Observation read(JsonNode answer, Step step) {
        return PlatformAnswer.read(answer, step, platforms.words(step.platform()), word -> unknown(step, word));
    }

    private List<Observation> readAll(JsonNode answers, Step step) {
        return PlatformAnswer.readAll(answers, step, platforms.words(step.platform()), word -> unknown(step, word));
    }

    private void unknown(Step step, UnknownWord word) {
        metrics.unknownWord(step.platform(), word);
        note(step, Rule.UNKNOWN_WORD, word.text());
    }

    private void adopt(Step step, Observation answer) {
        if (isOurs(step, answer)) {
            conclude(step, new Opened(answer, "opened"));
        }
    }

    /** Whether no other incident has the record, which is noted as this one's. */
    private boolean isOurs(Step step, Observation answer) {
        var id = answer.record().id();
        var owner = references.claim(step.platform(), step.part(), id, step.incidentId());
        if (owner.equals(step.incidentId())) {
            return true;
        }
        note(step, Rule.ADOPT, step.subject() + " " + id + " belongs to " + owner + " already, not adopted");
        return false;
    }

    private Optional<Step> found(Step step, Found found) {
        if (!step.state().isOpened() && found.ours().isEmpty() && step.conclusive()) {
            return again(step);
        }
        if (step.state().isOpened()
                || found.ours().isEmpty()
                || isOurs(step, found.ours().get(0))) {
            conclude(step, found);
        }
        return Optional.empty();
    }

    /** Creates once more, unless the record, another create or the end of the incident came meanwhile. */
    private Optional<Step> again(Step step) {
        return nextCreate(step, attempts.again(step, recheck));
    }

    /**
     * Creates at once with a neutral text, unless something came meanwhile.
     *
     * @param words how the create failed that was surely not made
     */
    Optional<Step> plainly(Step step, String words) {
        return nextCreate(step, new Outcome.Doubted(words, attempts.anew(step)));
    }

    private Optional<Step> nextCreate(Step step, Outcome outcome) {
        var changed = conclude(step, outcome);
        var part = changed.part(step.platform(), step.part());
        return part.isOpened() || part.attempt() == null ? Optional.empty() : Optional.of(step.asOpen(changed));
    }

    /** Stores what the end of a step makes of the newest state of the record, counts what that brought and notes it. */
    Incident conclude(Step step, Outcome outcome) {
        var now = Instant.now();
        var before = new Incident[1];
        var change = new Change[1];
        var stored = store.changeSoon(step.incidentId(), incident -> {
            before[0] = incident;
            change[0] = incident.outcome(step, outcome);
            return withMilestones(change[0].incident(), now);
        });
        count(before[0], withMilestones(change[0].incident(), now));
        tell(step, change[0].decided());
        return stored.incident();
    }

    /** Not of what was stored: that may be another step's doing, which counts it itself. */
    private void count(Incident before, Incident after) {
        metrics.frozen(before, after);
        if (before.pagedAt() == null && after.pagedAt() != null) {
            metrics.paged(after);
        }
        if (before.linkedAt() == null && after.linkedAt() != null) {
            metrics.linked(after);
        }
    }

    /** What was decided; with the first of it the calls that were made, and these also where nothing came of them. */
    private void tell(Step step, List<Note> decided) {
        var all = decided.isEmpty() && !step.calls().isEmpty()
                ? List.of(new Note(Rule.NO_NEWS, step.description() + " brought nothing new"))
                : decided;
        var calls = step.calls();
        for (var note : all) {
            timeline.note(step.incidentId(), Line.call(step.platform(), note.rule(), note.text(), calls));
            calls = List.of();
        }
    }

    void note(Step step, Rule rule, String text) {
        timeline.note(step.incidentId(), Line.call(step.platform(), rule, text, List.of()));
    }

    private Incident withMilestones(Incident incident, Instant now) {
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

    private ObjectNode sent(Step step) {
        var desired = step.desired();
        return platforms.sent(
                step.platform(),
                step.routePart(),
                StepView.status(desired.status()),
                desired.priority().name());
    }

    /** What its own platform has may be shown there. */
    private Copy copied(Step step) {
        var origin = step.incident().origin().platform();
        return origin.equals(step.platform()) ? Copy.ALL : platforms.copy(origin);
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

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
