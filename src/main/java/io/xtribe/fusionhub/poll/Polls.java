package io.xtribe.fusionhub.poll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.intake.PolledSignals;
import io.xtribe.fusionhub.intake.PolledSignals.Polled;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.platform.Descriptor;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.platform.availability.Permit;
import io.xtribe.fusionhub.platform.availability.Wish;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/**
 * Finds what no webhook has told: asks each platform now and then, by the routes {@code <platform>-poll-<name>}, for what has
 * changed since it was asked last, and feeds it in at the entrance of webhooks. Of several hubs one at a time asks.
 */
@Singleton
@Named("polls")
public class Polls {

    private static final Logger LOG = Logger.getLogger(Polls.class);
    /** Exchange property with the route of the poll. */
    private static final String ROUTE = "poll";
    /** Exchange property with the turn that this hub has. */
    private static final String TURN = "pollTurn";

    private static final int DIGEST_BYTES = 5;

    /** How a poll is doing, for people. */
    public record Report(String platform, String poll, int failures, String trouble, Duration sinceRound) {}

    /** One poll of one platform. */
    private static final class Poll {
        final Platform platform;
        final String name;
        final Duration overlap;
        final boolean tellsEnded;
        /** For so long after an incident has ended each round looks at its records: two rounds do. */
        final Duration recent;

        final PollTurns turns;
        boolean isRunning;

        Poll(Platform platform, String name, Descriptor.Poll rule, Duration interval, PollTurns turns) {
            this.platform = platform;
            this.name = name;
            this.overlap = Duration.ofSeconds(rule.overlapSeconds());
            this.tellsEnded = rule.ended();
            this.recent = overlap.plus(interval.multipliedBy(2));
            this.turns = turns;
        }

        String route() {
            return platform.pollRoute(name);
        }
    }

    private final NatsLink nats;
    private final IncidentIndex index;
    private final IncidentStore store;
    private final PolledSignals signals;
    private final Availability availability;
    private final Speakers speakers;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Duration lease;
    private final List<String> priorities;
    /** By route. */
    private final Map<String, Poll> polls = new LinkedHashMap<>();

    public Polls(
            NatsLink nats,
            IncidentIndex index,
            IncidentStore store,
            PolledSignals signals,
            Availability availability,
            Speakers speakers,
            Platforms platforms,
            HubId hub,
            FusionConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.nats = nats;
        this.index = index;
        this.store = store;
        this.signals = signals;
        this.availability = availability;
        this.speakers = speakers;
        this.clock = clock;
        this.metrics = metrics;
        this.lease = config.converge().lease();
        this.priorities = config.priorities();
        platforms.all().forEach(platform -> {
            var interval = platform.settings().duration(Descriptor.POLL);
            if (!interval.isZero()) {
                platform.descriptor().polls().forEach((name, poll) -> add(platform, name, poll, interval, hub));
            }
        });
    }

    private void add(Platform platform, String name, Descriptor.Poll rule, Duration interval, HubId hub) {
        var key = "poll." + platform.name() + "." + name;
        var turns = new PollTurns(key, hub.toString(), interval, lease, clock, System::nanoTime);
        var poll = new Poll(platform, name, rule, interval, turns);
        polls.put(poll.route(), poll);
        metrics.gauge("fusion.poll.age.seconds", tags(poll), poll, one -> sinceRound(one)
                .toSeconds());
    }

    /** The routes of the polls that this hub may have the turn of. */
    public List<String> due() {
        var due = new ArrayList<String>();
        for (var poll : polls.values()) {
            synchronized (poll) {
                if (!poll.isRunning && poll.turns.isTime()) {
                    poll.isRunning = true;
                    due.add(poll.route());
                }
            }
        }
        return due;
    }

    /**
     * Takes the turn. Afterwards the body is what the route is told; null when it is not this hub's turn, or the platform is not
     * to be called for this now.
     */
    public void begin(@ExchangeProperty(ROUTE) String route, Exchange exchange) {
        var poll = polls.get(route);
        exchange.getIn().setBody(null);
        if (!index.isComplete()) {
            return;
        }
        var permit = availability.of(poll.platform.name()).beginNow(wish(poll));
        if (permit == null) {
            count(poll, "waiting");
            return;
        }
        exchange.setProperty(PlatformStep.PERMIT, permit);
        var turn = locked(poll, () -> poll.turns.take(bucket()).orElse(null));
        if (turn == null) {
            return;
        }
        exchange.setProperty(TURN, turn);
        var platform = poll.platform.name();
        var ended =
                new Ended(poll.recent, turn.state().roundBefore(), turn.state().roundAt());
        var request = PollRequest.of(
                turn.state(),
                poll.overlap,
                clock.instant(),
                account(poll),
                shown(platform, row -> row.status() != Status.RESOLVED),
                shown(platform, row -> poll.tellsEnded && isLookedAt(row, ended)));
        priorities.forEach(request.putArray("priorities")::add);
        exchange.setProperty(PlatformStep.VIEW, request);
        exchange.setProperty(PlatformStep.RUN, new PollStep(poll.name, request, System.nanoTime() + lease.toNanos()));
        exchange.getIn().setBody(request);
    }

    /** Feeds in what the route has yielded, the body, and goes on from there the next time. */
    public void take(
            @ExchangeProperty(ROUTE) String route, @ExchangeProperty(TURN) PollTurns.Turn turn, @Body JsonNode body) {
        var poll = polls.get(route);
        var page = PollPage.of(body);
        var known = new HashSet<>(turn.state().known());
        known.addAll(turn.state().met());
        var fresh = page.found().stream()
                .filter(one -> !known.contains(digest(one)))
                .toList();
        signals.store(poll.platform.name(), fresh);
        metrics.counter("fusion.polled.signals", tags(poll)).increment(fresh.size());
        var next =
                turn.state().read(page, page.found().stream().map(Polls::digest).toList());
        if (locked(poll, () -> poll.turns.end(bucket(), turn, next))) {
            count(poll, "ok");
            if (turn.state().failures() > 0) {
                LOG.infof("%s can be polled for %s again", poll.platform.name(), poll.name);
            }
        }
    }

    /** The page could not be read: its watermark stays. NATS itself ends the round, which is made again. */
    public void failed(
            @ExchangeProperty(ROUTE) String route, @ExchangeProperty(TURN) PollTurns.Turn turn, Exchange exchange) {
        var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (cause instanceof StoreUnavailableException unavailable) {
            throw unavailable;
        }
        var poll = polls.get(route);
        var platform = poll.platform.name();
        var failure = FailureClassifier.ofException(platform, cause);
        failure.retryAfter().ifPresent(wait -> availability
                .of(platform)
                .hold(wish(poll).kind(), wait, failure.isThrottled(), failure.getMessage()));
        if (failure.kind() == Kind.OBSERVED) {
            // Nothing is written in this mode; whoever reads the log knows what would have been.
            LOG.infof("%s, polled for %s: %s", platform, poll.name, failure.getMessage());
            var nothing = turn.state()
                    .read(new PollPage(List.of(), null, null, turn.state().memory()), List.of());
            locked(poll, () -> poll.turns.end(bucket(), turn, nothing));
            return;
        }
        count(poll, "failed");
        var next = turn.state().failed(failure.getMessage());
        if (next.failures() == 1) {
            LOG.warnf(
                    "%s could not be polled for %s, what webhooks have lost there is not found until it can: %s",
                    platform, poll.name, failure.getMessage());
        }
        locked(poll, () -> poll.turns.end(bucket(), turn, next));
    }

    /** The last act of every page, however it ended. */
    public void finished(@ExchangeProperty(ROUTE) String route, Exchange exchange) {
        var permit = (Permit) exchange.removeProperty(PlatformStep.PERMIT);
        if (permit != null) {
            permit.close();
        }
        var poll = polls.get(route);
        synchronized (poll) {
            poll.isRunning = false;
        }
    }

    /** How each is doing, as this hub has seen it. */
    public List<Report> reports() {
        return polls.values().stream()
                .map(poll -> locked(poll, () -> {
                    var state = poll.turns.state();
                    return new Report(
                            poll.platform.name(),
                            poll.name,
                            state == null ? 0 : state.failures(),
                            state == null ? "" : state.trouble(),
                            poll.turns.sinceRound());
                }))
                .toList();
    }

    private Duration sinceRound(Poll poll) {
        return locked(poll, poll.turns::sinceRound);
    }

    private static <T> T locked(Poll poll, Supplier<T> action) {
        synchronized (poll) {
            return action.get();
        }
    }

    private Bucket bucket() {
        return nats.bucket(Names.REFS_BUCKET);
    }

    private static Wish wish(Poll poll) {
        var kind = PollStep.OPERATION + "/" + poll.name;
        return new Wish("", poll.route(), kind, Lane.BATCH);
    }

    private String account(Poll poll) {
        return speakers.of(poll.platform.name()).flatMap(Speaker::called).orElse("");
    }

    private static boolean isLookedAt(IncidentIndex.Row row, Ended ended) {
        return row.status() == Status.RESOLVED && ended.areLookedAt(row.changedAt());
    }

    private ArrayNode shown(String platform, Predicate<IncidentIndex.Row> chosen) {
        var shown = JsonNodeFactory.instance.arrayNode();
        for (var row : index.rows()) {
            if (chosen.test(row)) {
                store.find(row.id()).ifPresent(found -> shown.add(PollRequest.shown(found.incident(), platform)));
            }
        }
        return shown;
    }

    /** Short: it only has to differ from what else one round has met. */
    private static String digest(Polled one) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(one.id().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void count(Poll poll, String outcome) {
        metrics.counter("fusion.polls", tags(poll).and("outcome", outcome)).increment();
    }

    private static Tags tags(Poll poll) {
        return Tags.of("platform", poll.platform.name(), "poll", poll.name);
    }
}
