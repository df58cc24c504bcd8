package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.Availabilities;
import io.xtribe.fusionhub.testing.InMemoryCommentTexts;
import io.xtribe.fusionhub.testing.InMemoryIncidentStore;
import io.xtribe.fusionhub.testing.InMemoryReferenceStore;
import io.xtribe.fusionhub.testing.RecordingTimeline;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;

/** An incident whose platforms, stores and time are simulated; plan, steps, failures and attempts are the real ones. */
final class ConvergenceModel {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration RECHECK = Duration.ofMinutes(5);
    private static final int MOST_PASSES = 400;

    private record Planned(int passes, Status status, Priority priority) {}

    private final Random random;
    final VendorWorld world;
    private final InMemoryIncidentStore store = new InMemoryIncidentStore();
    private final InMemoryReferenceStore references = new InMemoryReferenceStore();
    private final InMemoryCommentTexts texts = new InMemoryCommentTexts();
    private final RecordingTimeline timeline = new RecordingTimeline();
    private final Platforms platforms = new Platforms(Samples.PROFILES);
    private final Availability availability = Availabilities.unlimited();
    /** Shared: its percentile histograms are megabytes. */
    private static final ConvergeMetrics METRICS = new ConvergeMetrics(new SimpleMeterRegistry());

    private AttemptClock clock;
    private AttemptMaker attempts;
    private Steps steps;
    private StepFailures failures;
    private final boolean dropsBranches;
    private final Deque<Planned> changes = new ArrayDeque<>();
    private final List<Said> unsaid = new ArrayList<>();
    private final List<Said> everything = new ArrayList<>();
    private int commentAfter;

    ConvergenceModel(Random random, int faults, boolean veryLateRecords) {
        this.random = random;
        this.dropsBranches = faults > 0;
        this.world = new VendorWorld(random, Samples.PROFILES, faults, veryLateRecords);
        startHub();
        store.create(attempts.forTrigger(Samples.newIncident()));
    }

    void changeAfter(int passes, Status status, Priority priority) {
        changes.add(new Planned(passes, status, priority));
    }

    /** From that pass on people comment in turn on all platforms, and each is told as webhooks are: late, twice, by lists. */
    void commentAfter(int passes, int comments) {
        commentAfter = passes;
        for (int number = 0; number < comments; number++) {
            var platform = Samples.PROFILES.get(number % Samples.PROFILES.size());
            unsaid.add(new Said(
                    platform.name(),
                    platform.commentPart(),
                    new Comment("c" + number, Samples.STARTED.plusSeconds(number), "Jane Doe", "text", false)));
        }
        everything.addAll(unsaid);
    }

    private record Said(String platform, String part, Comment comment) {}

    private void takeComments(boolean all) {
        var heard = new ArrayList<Said>();
        unsaid.removeIf(said -> {
            var isHeard = incident().part(said.platform(), said.part()).isOpened() && (all || random.nextInt(3) == 0);
            return isHeard && heard.add(said);
        });
        heard.addAll(everything.stream()
                .filter(said -> !unsaid.contains(said) && random.nextInt(6) == 0)
                .toList());
        for (var said : heard) {
            var record = incident().part(said.platform(), said.part()).reference();
            var told = everything.stream()
                    .filter(one -> one.platform().equals(said.platform()))
                    .filter(one -> one.equals(said) || !unsaid.contains(one) && random.nextBoolean())
                    .map(Said::comment)
                    .toList();
            var nothing = Observation.Field.NOT_SAID;
            var observed = new Observation(
                    said.platform(),
                    said.part(),
                    null,
                    record,
                    nothing,
                    nothing,
                    nothing,
                    SignalEnd.RESOLVE,
                    told,
                    null);
            store.change(Samples.ID, incident -> incident.observe(observed, Samples.HEARING)
                    .incident());
        }
    }

    /** A process that knows nothing but what is stored. */
    private void startHub() {
        clock = new AttemptClock(() -> world.now().toNanos(), RECHECK);
        attempts = new AttemptMaker(platforms, clock, new StepPermits(availability), "hub", DEADLINE);
        steps = new Steps(
                store,
                references,
                timeline,
                new CommentNotes(texts, platforms),
                platforms,
                clock,
                attempts,
                METRICS,
                "pagerduty",
                Set.of(Priority.P1, Priority.P2),
                RECHECK,
                Samples.conflicts());
        // What is held back is so by the real clock, and left out here: a platform is called as soon as it may be.
        failures = new StepFailures(
                steps, availability, METRICS, new Holds(), new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }

    /** Passes until nothing is left to do and nothing more can turn up; returns how many there were. */
    int run() {
        for (int passes = 1; passes <= MOST_PASSES; passes++) {
            takeWebhooks();
            if (passes > commentAfter) {
                takeComments(passes > 60);
            }
            pass();
            if (!changes.isEmpty() && passes > changes.peek().passes()) {
                var next = changes.remove();
                store.change(Samples.ID, incident -> incident.desiring(next.status(), next.priority()));
            }
            var plan = plan();
            if (passes > 60 || plan.isComplete() && changes.isEmpty()) {
                world.behave();
            }
            if (plan.isComplete() && world.isQuiet() && changes.isEmpty()) {
                takeComments(true);
                takeWebhooks();
                if (plan().isComplete()) {
                    return passes;
                }
            }
            availability.names().forEach(name -> availability.of(name).accepted());
            var wait = plan.blocked() && random.nextBoolean() ? plan.retryIn() : Duration.ofSeconds(15);
            world.pass(wait.plusMillis(1));
        }
        throw new AssertionError("not complete after " + MOST_PASSES + " passes: " + plan() + "\n" + incident() + "\n"
                + String.join("\n", timeline.texts(Samples.ID)));
    }

    /** As the route incident-converge: plan, do all of it side by side, plan again until nothing new is to do. */
    private void pass() {
        var pass = new Pass(new Lease(
                Samples.ID, new WorkEntry(0, 0, "hub", 30_000, "lease", WorkLane.TRIGGER), 1, System.nanoTime()));
        // Of a hub that stops: what its branches have not begun is not run again.
        var stopping = dropsBranches && random.nextInt(4) == 0;
        for (; ; ) {
            var current = store.find(Samples.ID).orElseThrow();
            var planned = plan().steps().stream()
                    .filter(step -> !pass.hasTried(step) && !(stopping && pass.isLeftOver(step)))
                    .toList();
            var next = attempts.forSteps(current.incident(), planned);
            store.replace(next, current.revision());
            pass.takeOn(planned.stream().map(step -> step.on(next)).toList());
            if (pass.steps().isEmpty()) {
                store.change(Samples.ID, attempts::withdrawn);
                return;
            }
            var inAnyOrder = new ArrayList<>(pass.steps());
            inAnyOrder.removeIf(step -> dropsBranches && random.nextInt(6) == 0);
            Collections.shuffle(inAnyOrder, random);
            try {
                inAnyOrder.forEach(step -> perform(pass, step));
            } catch (VendorWorld.Crash crash) {
                startHub();
                return;
            }
        }
    }

    private void perform(Pass pass, Step step) {
        var now = step;
        while (now != null) {
            pass.tried(now);
            if (steps.begin(now).isEmpty()) {
                return;
            }
            try {
                var answer = world.call(now);
                // The webhook of our own call often comes before its answer.
                takeWebhooks();
                now = steps.succeeded(now, answer).orElse(null);
            } catch (PlatformException failure) {
                failures.failed(pass, now, failure);
                now = null;
            }
        }
    }

    private void takeWebhooks() {
        for (var signal : world.webhooks()) {
            var record = signal.record();
            var before = incident();
            store.change(Samples.ID, incident -> incident.observe(Observation.of(signal), Samples.HEARING)
                    .incident());
            if (!before.part(signal.platform(), record.part()).isOpened()) {
                references.claim(signal.platform(), record.part(), record.id(), Samples.ID);
            }
        }
    }

    private Plan plan() {
        Plan.see(incident(), Samples.PROFILES, clock);
        return Plan.of(
                incident(),
                Samples.PROFILES,
                clock,
                platform -> availability.of(platform).isPaused() ? Plan.UNTIL_TOLD : Duration.ZERO);
    }

    private Incident incident() {
        return store.get(Samples.ID);
    }

    void hasOneLinkedRecordEverywhere() {
        for (var profile : Samples.PROFILES) {
            for (var name : profile.parts()) {
                var part = incident().part(profile.name(), name);
                assertThat(part.isOpened()).as(story()).isTrue();
                var live = world.records(profile.name(), name).stream()
                        .filter(VendorWorld.Stored::isLive)
                        .toList();
                assertThat(live).as(story()).hasSize(1);
                var record = live.get(0);
                assertThat(record.id).as(story()).isEqualTo(part.reference().id());
                assertThat(record.key).isEqualTo(Samples.ID);
                var wanted = Plan.wantedLinks(incident(), Samples.PROFILES, profile, name)
                        .keySet();
                assertThat(record.links.keySet()).as(story()).isEqualTo(wanted);
                assertThat(record.links.values()).as(story()).containsOnly(1);
                assertThat(record.status).as(story()).isEqualTo(incident().status());
                assertThat(record.priority).as(story()).isEqualTo(incident().priority());
                assertThat(part.attempt()).isNull();
                assertThat(part.linking()).isNull();
                assertThat(part.duplicates()).isEmpty();
            }
        }
        assertThat(incident().pagedAt()).isNotNull();
        assertThat(incident().linkedAt()).isNotNull();
    }

    void hasEachCommentOnceOnEachOtherPlatform(int comments) {
        assertThat(incident().comments()).as(story()).hasSize(comments);
        for (var profile : Samples.PROFILES) {
            var others = everything.stream()
                    .filter(said -> !said.platform().equals(profile.name()))
                    .map(said -> KeptComment.keyOf(said.platform(), said.comment()))
                    .toList();
            var record = world.records(profile.name(), profile.commentPart()).stream()
                    .filter(VendorWorld.Stored::isLive)
                    .findFirst()
                    .orElseThrow();
            assertThat(record.comments).as(story()).containsExactlyInAnyOrderElementsOf(others);
            assertThat(incident().part(profile.name(), profile.commentPart()).commenting())
                    .as(story())
                    .isNull();
        }
    }

    void wasCreatedOnce() {
        for (var profile : Samples.PROFILES) {
            for (var name : profile.parts()) {
                assertThat(world.records(profile.name(), name)).as(story()).hasSize(1);
            }
        }
    }

    void hasNoLiveRecord() {
        assertThat(incident().status()).isEqualTo(Status.RESOLVED);
        for (var profile : Samples.PROFILES) {
            for (var name : profile.parts()) {
                assertThat(world.records(profile.name(), name)).as(story()).noneMatch(VendorWorld.Stored::isLive);
            }
        }
    }

    private String story() {
        return String.join("\n", timeline.texts(Samples.ID));
    }
}
