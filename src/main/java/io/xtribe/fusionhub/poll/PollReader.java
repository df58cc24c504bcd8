package io.xtribe.fusionhub.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.intake.PolledSignals.Polled;
import io.xtribe.fusionhub.platform.Descriptor;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.platform.availability.Permit;
import io.xtribe.fusionhub.platform.availability.Wish;

/**
 * Reads by the routes of polls all that a platform tells of a time range, page by page, whatever polls have told already: for jobs. Its
 * calls go in the lane for batch work, so that those of live incidents go before them.
 */
@Singleton
public class PollReader {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** For so long a page waits for its turn, or for a platform that is held, before the job gives up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration ACCOUNT_TOLD_WITHIN = Duration.ofSeconds(5);

    /** Between two pages of a list: a job that reads very many spreads its work, and theirs who answer, beside hubs at work. */
    private static final Duration PACE = Duration.ofMillis(400);

    private static final int TRIES = 4;
    /** Some polls look at a few records in a round. None is read further than that. */
    private static final int MOST_PAGES = 10_000;

    private final ProducerTemplate template;
    private final Availability availability;
    private final Speakers speakers;
    private final InstantSource clock;
    private final List<String> priorities;
    private final Duration lease;
    private final long began = System.nanoTime();

    public PollReader(
            ProducerTemplate template,
            Availability availability,
            Speakers speakers,
            InstantSource clock,
            FusionConfig config) {
        this.template = template;
        this.availability = availability;
        this.speakers = speakers;
        this.clock = clock;
        this.priorities = config.priorities();
        this.lease = config.converge().lease();
    }

    /**
     * Reads one poll from a time on until it has told everything. A poll that looks at a few records in a round is made again until
     * it looks at none.
     *
     * @param since what has changed since
     * @param standing incidents that are open, of which some polls look at each. What takes a call for each record is read by polls
     *     that are {@code singly} only
     * @param page takes what each page has told, which may be nothing
     * @throws PlatformException when the platform refuses, does not answer several times, or has no time for so long that it makes no
     *     sense to wait
     */
    public void read(
            Platform platform, String poll, Instant since, Collection<Incident> standing, Consumer<List<Polled>> page)
            throws InterruptedException {
        var shown = JsonNodeFactory.instance.arrayNode();
        standing.forEach(incident -> shown.add(PollRequest.shown(incident, platform.name())));
        var state = PollState.beginning(since);
        var account = account(platform);
        var singly = rule(platform, poll).singly();
        // The same for all pages: what was looked at in this run is known by it, and not looked at again.
        var now = clock.instant();
        for (var pages = 0; pages < MOST_PAGES; pages++) {
            var before = state.memory();
            var asked = System.nanoTime();
            var told = ask(platform, poll, request(state, shown, now, account, singly));
            page.accept(told.found());
            state = state.read(told, List.of());
            var isOver = told.next() == null || told.next().isNull();
            if (isOver && (state.memory() == null || state.memory().equals(before))) {
                return;
            }
            if (!singly) {
                TimeUnit.NANOSECONDS.sleep(PACE.toNanos() - (System.nanoTime() - asked));
            }
        }
    }

    private JsonNode request(PollState state, ArrayNode standing, Instant now, String account, boolean singly) {
        // What is read again is told again: the watermark of a poll must not move here.
        var asked = new PollState(
                state.begun(),
                state.begun(),
                null,
                state.next(),
                state.memory(),
                List.of(),
                List.of(),
                "",
                null,
                null,
                0,
                0,
                "");
        var request =
                PollRequest.of(asked, Duration.ZERO, now, account, standing, JsonNodeFactory.instance.arrayNode());
        priorities.forEach(request.putArray("priorities")::add);
        request.put("singly", singly);
        return request;
    }

    private PollPage ask(Platform platform, String poll, JsonNode request) throws InterruptedException {
        for (var tries = 1; ; tries++) {
            try {
                return askOnce(platform, poll, request);
            } catch (PlatformException e) {
                if (e.kind() == Kind.OBSERVED) {
                    // This page would have written, in a run that writes nothing.
                    return new PollPage(List.of(), null, null, null);
                }
                if (tries == TRIES
                        || isOurs(e)
                        || !(e.isOutage() || e.status() != 0 && e.isThrottled() || e.kind() == Kind.NOT_STARTED)) {
                    throw e;
                }
                e.retryAfter().ifPresent(wait -> availability
                        .of(platform.name())
                        .hold(PollStep.OPERATION + "/" + poll, wait, e.isThrottled(), e.getMessage()));
                TimeUnit.SECONDS.sleep(tries);
            }
        }
    }

    private PollPage askOnce(Platform platform, String poll, JsonNode request) throws InterruptedException {
        try (var permit = permit(platform, poll)) {
            var exchange = new DefaultExchange(template.getCamelContext());
            exchange.setProperty(PlatformStep.PERMIT, permit);
            exchange.setProperty(PlatformStep.VIEW, request);
            exchange.setProperty(
                    PlatformStep.RUN, new PollStep(poll, (ObjectNode) request, System.nanoTime() + lease.toNanos()));
            exchange.getIn().setBody(request);
            template.send("direct:" + platform.pollRoute(poll), exchange);
            if (exchange.getException() != null) {
                throw FailureClassifier.ofException(platform.name(), exchange.getException());
            }
            return PollPage.of(exchange.getMessage().getBody(JsonNode.class));
        }
    }

    /** Whether it lies in a mapping or in the configuration, so that it would be the same again. */
    public static boolean isOurs(PlatformException failure) {
        return failure.status() == 0
                && Causes.find(failure, IllegalArgumentException.class).isPresent();
    }

    /** Whose API it is. A process that has just begun asks it at this moment, and waits a little for the answer. */
    private String account(Platform platform) throws InterruptedException {
        var speaker = speakers.of(platform.name());
        while (speaker.isPresent()
                && speaker.get().called().isEmpty()
                && System.nanoTime() - began < ACCOUNT_TOLD_WITHIN.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
        return speaker.flatMap(Speaker::called).orElse("");
    }

    private Permit permit(Platform platform, String poll) throws InterruptedException {
        var one = availability.of(platform.name());
        var wish = new Wish("", platform.pollRoute(poll), PollStep.OPERATION + "/" + poll, Lane.BATCH);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var permit = one.beginNow(wish);
            if (permit != null) {
                return permit;
            }
            if (one.isPaused() || one.pausedByHand().isPresent() || System.nanoTime() > until) {
                throw new PlatformException(
                        Kind.THROTTLED, platform.name() + " is not to be called now: " + one.status());
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }

    /** The polls of a platform that list what there is, in the order of its descriptor. */
    public List<String> lists(Platform platform) {
        return polls(platform, poll -> !poll.singly());
    }

    /** Those that make a call for each record. */
    public List<String> singles(Platform platform) {
        return polls(platform, poll -> poll.singly() && poll.within().isEmpty());
    }

    private static List<String> polls(Platform platform, Predicate<Descriptor.Poll> wanted) {
        return platform.descriptor().polls().entrySet().stream()
                .filter(poll -> wanted.test(poll.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Descriptor.Poll rule(Platform platform, String poll) {
        return platform.descriptor().polls().get(poll);
    }
}
