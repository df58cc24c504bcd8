package io.xtribe.fusionhub.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.intake.PolledSignals;
import io.xtribe.fusionhub.intake.PolledSignals.Polled;
import io.xtribe.fusionhub.intake.SignalReview;
import io.xtribe.fusionhub.intake.SignalReview.Review;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.poll.PollReader;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/**
 * The jobs {@code reconcile} and {@code relink}: read what platforms show of the records of all open incidents, in the pages of their
 * polls, and compare it with what is known. What differs is fed in as a signal, so that the hubs treat it as what a webhook tells: what
 * people have changed is taken in, what is missing is written again.
 */
@Singleton
@Named("reconcileJob")
public class ReconcileJob {

    private static final String RELINK = "relink";
    /** So many records are read one by one before the progress is told. */
    private static final int AT_ONCE = 20;

    private final IncidentIndex index;
    private final IncidentStore store;
    private final Platforms platforms;
    private final PollReader reader;
    private final SignalReview review;
    private final PolledSignals signals;
    private final MissingRecords missing;
    private final Repairs repairs;
    private final JobRuns runs;
    private final SingleReadMarks marks;
    private final Hubs hubs;

    public ReconcileJob(
            IncidentIndex index,
            IncidentStore store,
            Platforms platforms,
            PollReader reader,
            SignalReview review,
            PolledSignals signals,
            MissingRecords missing,
            Repairs repairs,
            JobRuns runs,
            SingleReadMarks marks,
            Hubs hubs) {
        this.index = index;
        this.store = store;
        this.platforms = platforms;
        this.reader = reader;
        this.review = review;
        this.signals = signals;
        this.missing = missing;
        this.repairs = repairs;
        this.runs = runs;
        this.marks = marks;
        this.hubs = hubs;
    }

    /** Chooses the incidents, the oldest first. */
    public void begin(@Body JobRun run, Exchange exchange) {
        var request = run.request();
        if (!request.dryRun()) {
            hubs.require();
        }
        var chosen = new LinkedHashMap<String, Versioned>();
        index.rows().stream()
                .filter(row -> row.status() != Status.RESOLVED && request.covers(row.receivedAt()))
                .sorted((one, other) -> one.receivedAt().compareTo(other.receivedAt()))
                .limit(request.limit() == 0 ? Long.MAX_VALUE : request.limit())
                .forEach(row -> store.find(row.id()).ifPresent(found -> chosen.put(row.id(), found)));
        run.count("incidents", chosen.size());
        exchange.setProperty(Reconciliation.PROPERTY, new Reconciliation(chosen));
        run.progress().begin("records compared", records(chosen, run));
    }

    /** The platforms that are still to be read; none where there is nothing to compare. */
    public List<String> platforms(
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            @ExchangeProperty(Reconciliation.PROPERTY) Reconciliation comparing) {
        var done = runs.doneBefore(run);
        if (!done.isEmpty()) {
            run.progress().say("A run before was cut off; it had done " + String.join(", ", done));
            run.count("platforms-done-before", done.size());
        }
        return comparing.standing().isEmpty()
                ? List.of()
                : platforms.all().stream()
                        .map(Platform::name)
                        .filter(run.request()::covers)
                        .filter(name -> !done.contains(name))
                        .toList();
    }

    /** Reads one platform. What it refuses stands in the summary, and the others are read all the same. */
    public void compare(
            @Body String name,
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            @ExchangeProperty(Reconciliation.PROPERTY) Reconciliation comparing) {
        var platform = platforms.find(name).orElseThrow();
        var isRead = true;
        for (var poll : reader.lists(platform)) {
            isRead &= read(platform, poll, comparing.standing(), run, comparing);
        }
        if (isRead && !isRelink(run)) {
            isRead = tried(name, "records", run, () -> missing.look(platform, run, comparing));
        }
        if (isRead) {
            isRead = readSingly(platform, run, comparing);
        }
        if (isRead) {
            reached(run, name);
        }
    }

    /** What no list of the platform shows is read of some records only, where there are many. */
    private boolean readSingly(Platform platform, JobRun run, Reconciliation comparing) {
        var name = platform.name();
        var polls = reader.singles(platform);
        if (polls.isEmpty()) {
            return true;
        }
        var choice = SingleReads.choose(comparing.subjects(name), marks.of(name), most(run));
        var chosen = comparing.some(choice.incidents());
        run.progress().further(chosen.size());
        for (var at = 0; at < chosen.size(); at += AT_ONCE) {
            var some = chosen.subList(at, Math.min(at + AT_ONCE, chosen.size()));
            for (var poll : polls) {
                if (!read(platform, poll, some, run, comparing)) {
                    return false;
                }
            }
            run.progress().done(some.size());
        }
        comparing.readSingly(name, choice);
        if (seesAll(run)) {
            marks.reached(name, choice.next());
        }
        return true;
    }

    private static int most(JobRun run) {
        return run.request()
                .option("singly")
                .filter(text -> !text.equals("all"))
                .map(Integer::parseInt)
                .orElse(Integer.MAX_VALUE);
    }

    /** Whether the next run may leave out what this one has read: it has looked at every incident, and told the hubs all. */
    private static boolean seesAll(JobRun run) {
        var request = run.request();
        return !request.dryRun()
                && !isRelink(run)
                && request.limit() == 0
                && request.since() == null
                && request.until() == null;
    }

    private boolean read(
            Platform platform, String poll, Collection<Incident> standing, JobRun run, Reconciliation comparing) {
        return tried(
                platform.name(),
                poll,
                run,
                () -> reader.read(
                        platform,
                        poll,
                        comparing.since(),
                        standing,
                        page -> page.forEach(one -> look(platform, one, run, comparing))));
    }

    private static boolean tried(String platform, String what, JobRun run, Reading reading) {
        try {
            reading.read();
            return true;
        } catch (PlatformException e) {
            var isOurs = PollReader.isOurs(e);
            run.found(new Finding(
                    "",
                    platform,
                    "platform",
                    what + " could not be read: " + e.getMessage(),
                    State.LEFT,
                    isOurs ? "correct what it names" : "run the job again"));
            if (!isOurs) {
                run.failed(
                        e.isThrottled() ? JobOutcome.LATER : JobOutcome.UNREACHABLE, platform + ": " + e.getMessage());
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(JobOutcome.LATER, "the job was told to stop", e);
        }
    }

    /** Something that reads a platform. */
    @FunctionalInterface
    private interface Reading {
        void read() throws InterruptedException;
    }

    private synchronized void reached(JobRun run, String platform) {
        var done = new ArrayList<>(runs.doneBefore(run));
        done.add(platform);
        runs.reached(run, done);
    }

    private void look(Platform platform, Polled one, JobRun run, Reconciliation comparing) {
        run.count("read", 1);
        Review found;
        try {
            found = review.of(platform.name(), one, comparing::known);
        } catch (InvalidSignalException e) {
            run.count("not-understood", 1);
            return;
        }
        var incident = found.before();
        if (incident.isEmpty() || !comparing.compares(incident.get().id())) {
            run.count("of-no-compared-incident", 1);
            return;
        }
        var record = found.signal().record();
        if (record != null) {
            comparing.changed(
                    platform.name(), incident.get().id(), found.signal().occurredAt());
            if (comparing.meet(platform.name(), record.part(), record.id())) {
                run.progress().done(1);
            }
        }
        if (found.changes()) {
            tell(platform, one, found, run, comparing);
        }
    }

    private void tell(Platform platform, Polled one, Review found, JobRun run, Reconciliation comparing) {
        var isDry = run.request().dryRun();
        var rows = Comparison.of(found, isDry ? State.WOULD : State.DONE).stream()
                .filter(row -> !isRelink(run) || row.kind().equals(Comparison.LINK))
                .filter(comparing::isNew)
                .toList();
        if (isRelink(run) && rows.isEmpty()) {
            return;
        }
        if (isDry) {
            rows.forEach(run::found);
        } else {
            // Another id than the poll of a hub gives it: NATS would take it for the same within ten minutes.
            signals.store(platform.name(), List.of(new Polled(one.id() + "/" + run.id(), one.data())));
            rows.forEach(comparing::told);
        }
    }

    /** Waits for what the hubs were told, and looks what became of it. */
    public void await(
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            @ExchangeProperty(Reconciliation.PROPERTY) Reconciliation comparing)
            throws InterruptedException {
        repairs.await(run, comparing.told());
        run.result(singly(comparing));
        if (run.trouble().isEmpty()) {
            runs.finished(run);
        }
    }

    /** What was read one by one, and what was not. */
    private static ObjectNode singly(Reconciliation comparing) {
        var result = IncidentJson.mapper().createObjectNode();
        var places = result.putObject("readOneByOne");
        comparing.singly().forEach((platform, choice) -> places.putObject(platform)
                .put("read", choice.incidents().size())
                .put("changed", choice.changed())
                .put("leftChanged", choice.leftChanged())
                .put("leftUnchanged", choice.leftUnchanged()));
        return result;
    }

    private static boolean isRelink(JobRun run) {
        return run.request().job().equals(RELINK);
    }

    private long records(Map<String, Versioned> chosen, JobRun run) {
        return chosen.values().stream()
                .mapToLong(found -> found.incident().platforms().entrySet().stream()
                        .filter(entry -> run.request().covers(entry.getKey()))
                        .flatMap(entry -> entry.getValue().values().stream())
                        .filter(part -> part.isOpened())
                        .count())
                .sum();
    }
}
