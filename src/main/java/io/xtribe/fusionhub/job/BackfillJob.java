package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.intake.PolledSignals.Polled;
import io.xtribe.fusionhub.intake.SignalReview;
import io.xtribe.fusionhub.intake.SignalReview.Review;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.poll.PollReader;
import io.xtribe.fusionhub.signal.InvalidSignalException;

/**
 * The jobs {@code backfill} and {@code rebuild}: look for what stands on platforms and belongs to no incident. {@code backfill} takes
 * what carries no key of ours, as an incident for each group of records that point at each other; {@code rebuild} takes what carries one,
 * and what such records show, as the incident of that key.
 */
@Singleton
@Named("backfillJob")
public class BackfillJob {

    /** Exchange property with what was found. */
    private static final String FOUND = "found";

    private static final String REBUILD = "rebuild";
    private static final Duration BACKFILL_SINCE = Duration.ofDays(1);
    private static final Duration REBUILD_SINCE = Duration.ofDays(90);

    private final Platforms platforms;
    private final PollReader reader;
    private final SignalReview review;
    private final FirstSignRule firstSigns;
    private final Adopter adopter;
    private final Hubs hubs;

    public BackfillJob(
            Platforms platforms,
            PollReader reader,
            SignalReview review,
            FirstSignRule firstSigns,
            Adopter adopter,
            Hubs hubs) {
        this.platforms = platforms;
        this.reader = reader;
        this.review = review;
        this.firstSigns = firstSigns;
        this.adopter = adopter;
        this.hubs = hubs;
    }

    /** Which platforms are read: all, since what belongs together is not seen otherwise. */
    public List<String> begin(@ExchangeProperty(JobRun.PROPERTY) JobRun run, Exchange exchange) {
        if (!run.request().dryRun()) {
            hubs.require();
        }
        exchange.setProperty(FOUND, Collections.synchronizedMap(new TreeMap<String, Candidate>()));
        run.progress().begin("records read", 0);
        return platforms.all().stream().map(Platform::name).toList();
    }

    /** Reads one platform. */
    public void read(
            @Body String name,
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            @ExchangeProperty(FOUND) Map<String, Candidate> found)
            throws InterruptedException {
        var platform = platforms.find(name).orElseThrow();
        for (var poll : reader.lists(platform)) {
            try {
                reader.read(
                        platform,
                        poll,
                        since(run),
                        Set.of(),
                        page -> page.forEach(one -> {
                            run.progress().done(1);
                            run.count("read", 1);
                            look(platform, one, run, found);
                        }));
            } catch (PlatformException e) {
                // What is not seen could be opened twice.
                throw new JobFailure(
                        PollReader.isOurs(e) ? JobOutcome.USAGE : JobOutcome.UNREACHABLE,
                        "nothing was opened, since " + name + " could not be read (" + poll + "): " + e.getMessage(),
                        e);
            }
        }
    }

    private void look(Platform platform, Polled one, JobRun run, Map<String, Candidate> found) {
        Review reviewed;
        try {
            reviewed = review.of(platform.name(), one);
        } catch (InvalidSignalException e) {
            run.count("not-understood", 1);
            return;
        }
        if (reviewed.before().isPresent()) {
            run.count("known", 1);
            return;
        }
        var candidate = new Candidate(reviewed.signal().withComments(List.of()), one.data());
        var wanted = isRebuild(run) ? mayBeKnownAgain(candidate) : mayOpen(reviewed, run);
        if (wanted) {
            found.merge(
                    candidate.name(),
                    candidate,
                    (before, next) ->
                            next.signal().occurredAt().isBefore(before.signal().occurredAt()) ? before : next);
        } else {
            run.count("not-wanted", 1);
        }
    }

    /** It stands, and may be a record of an incident that the hub had: one that carries a key of ours, or that such a one shows. */
    private static boolean mayBeKnownAgain(Candidate one) {
        return one.signal().record() != null
                && !one.signal().isOver()
                && Priority.parse(one.signal().priority()).isPresent();
    }

    /** However old it is: the platform has just said that it stands. */
    private boolean mayOpen(Review reviewed, JobRun run) {
        var signal = reviewed.signal();
        var verdict =
                firstSigns.decide(signal, reviewed.unknown(), Instant.now()).verdict();
        return signal.ourKey().isEmpty()
                && !signal.isOver()
                && run.request().covers(signal.occurredAt())
                && (verdict == Verdict.OPEN || verdict == Verdict.CONFIRM_FIRST || verdict == Verdict.DEAD_LETTER);
    }

    private static Instant since(JobRun run) {
        var since = run.request().since();
        return since != null ? since : Instant.now().minus(isRebuild(run) ? REBUILD_SINCE : BACKFILL_SINCE);
    }

    /** Groups what was found, shows what would be done, asks, and does it. */
    public void open(
            @ExchangeProperty(JobRun.PROPERTY) JobRun run, @ExchangeProperty(FOUND) Map<String, Candidate> found)
            throws InterruptedException {
        var candidates = List.copyOf(found.values());
        var groups = pointing(run, candidates);
        var limit = run.request().limit();
        var chosen = groups.stream()
                .filter(group -> Pointers.key(group).isPresent() == isRebuild(run))
                .filter(group -> group.stream().anyMatch(one -> run.request().covers(one.platform())))
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .toList();
        run.count("incidents", chosen.size());
        adopter.adopt(run, chosen, isRebuild(run));
    }

    private List<List<Candidate>> pointing(JobRun run, List<Candidate> candidates) {
        try {
            return new Pointers(run.request().option("pattern").map(Pattern::compile), this::places).groups(candidates);
        } catch (PatternSyntaxException e) {
            throw new JobFailure(JobOutcome.USAGE, "--pattern is no regular expression: " + e.getMessage());
        }
    }

    private List<String> places(String url) {
        return platforms.all().stream()
                .flatMap(platform -> platform.descriptor().records().parts().stream()
                        .flatMap(part -> platform.descriptor().records().idIn(part, url).stream()
                                .map(id -> Candidate.name(platform.name(), part, id))))
                .toList();
    }

    static boolean isRebuild(JobRun run) {
        return run.request().job().equals(REBUILD);
    }

    static Finding row(String incident, List<Candidate> group, String text, State state) {
        return new Finding(incident, group.get(0).platform(), group.size() > 1 ? "adopt" : "open", text, state, "");
    }
}
