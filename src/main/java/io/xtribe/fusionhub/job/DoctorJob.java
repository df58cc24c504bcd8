package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.nats.IntakeState;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.nats.StoredMessages;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speakers;

/**
 * The job {@code doctor}: looks whether everything is as incidents need it, before one comes. What a platform needs is looked at by the
 * routes {@code <platform>-check-<name>} of its folder; here are its credentials, and NATS.
 */
@Singleton
@Named("doctorJob")
public class DoctorJob {

    private static final Duration MOST_SKEW = Duration.ofSeconds(5);

    private final Platforms platforms;
    private final Speakers speakers;
    private final Provisioning provisioning;
    private final IntakeState intake;
    private final StoredMessages messages;
    private final JobRuns runs;

    public DoctorJob(
            Platforms platforms,
            Speakers speakers,
            Provisioning provisioning,
            IntakeState intake,
            StoredMessages messages,
            JobRuns runs) {
        this.platforms = platforms;
        this.speakers = speakers;
        this.provisioning = provisioning;
        this.intake = intake;
        this.messages = messages;
        this.runs = runs;
    }

    /** Looks at NATS and the hubs. */
    public void look(@Body JobRun run) {
        if (provisioning.missing().isEmpty()) {
            found(run, "nats", "streams", State.OK, "streams, buckets and the consumer are there", "");
        } else {
            found(
                    run,
                    "nats",
                    "streams",
                    State.LEFT,
                    "missing, or not as needed: " + String.join(", ", provisioning.missing()),
                    "let the hub make them: fusion.nats.manage=create");
        }
        if (intake.hasHub()) {
            found(run, "nats", "hub", State.OK, "a hub takes signals in", "");
        } else {
            found(run, "nats", "hub", State.LEFT, "no hub takes signals in: nobody is paged", "start one");
        }
        var letters = messages.count(Names.DEAD_LETTERS);
        found(
                run,
                "nats",
                "dead-letters",
                State.OK,
                letters + " dead letters are kept" + (letters == 0 ? "" : ": docs/dead-letters.md"),
                "");
        runs.storedAt(run).ifPresent(stored -> clock(run, stored));
    }

    /** The server's clock against this host's, by the record of this run. */
    private static void clock(JobRun run, Instant stored) {
        var skew = Duration.between(run.startedAt(), stored).abs();
        if (skew.compareTo(MOST_SKEW) > 0) {
            found(
                    run,
                    "nats",
                    "clock",
                    State.LEFT,
                    "the clocks of this host and of NATS differ by " + skew.toSeconds() + " s",
                    "let both be set by NTP: whether a trigger is fresh is told by the clock");
        } else {
            found(run, "nats", "clock", State.OK, "the clocks of this host and of NATS agree", "");
        }
    }

    /** The platforms whose credentials are tried. */
    public List<String> platforms(@ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        return platforms.all().stream()
                .map(platform -> platform.name())
                .filter(run.request()::covers)
                .toList();
    }

    /** Its probe was answered. */
    public void accepted(@ExchangeProperty("probed") String platform, @ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        found(run, platform, "credentials", State.OK, "our credentials are taken", "");
        speakers.of(platform)
                .filter(speaker -> speaker.judge("") == Speaker.Verdict.NOT_YET)
                .ifPresent(speaker -> found(
                        run,
                        platform,
                        "account",
                        State.OK,
                        "whose webhooks are taken is not checked: its API has not told which " + speaker.what()
                                + " is ours",
                        "set " + speaker.key()));
    }

    /** Its probe failed. */
    public void refused(
            @ExchangeProperty("probed") String platform,
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            Exchange exchange) {
        var failure = failure(platform, exchange);
        found(
                run,
                platform,
                "credentials",
                State.LEFT,
                failure.getMessage(),
                failure.isDenied()
                        ? "correct the credentials, or their rights"
                        : "see that the platform can be reached");
        if (failure.isOutage()) {
            run.failed(JobOutcome.UNREACHABLE, failure.getMessage());
        }
    }

    /** The routes of the checks of all platforms. */
    public List<String> checks(@ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        var routes = new ArrayList<String>();
        platforms.all().stream()
                .filter(platform -> run.request().covers(platform.name()))
                .forEach(platform -> platform.descriptor().checks().keySet().stream()
                        .map(platform::checkRoute)
                        .forEach(routes::add));
        return routes;
    }

    /** What a check has found. */
    public void checked(
            @Body JsonNode found,
            @ExchangeProperty("check") String route,
            @ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        for (var one : found) {
            found(
                    run,
                    platformOf(route),
                    nameOf(route),
                    "error".equals(one.path("level").asText()) ? State.LEFT : State.OK,
                    ("warning".equals(one.path("level").asText()) ? "warning: " : "")
                            + one.path("text").asText(),
                    one.path("remedy").asText(""));
        }
    }

    /** A check could not be made. */
    public void unchecked(
            @ExchangeProperty("check") String route, @ExchangeProperty(JobRun.PROPERTY) JobRun run, Exchange exchange) {
        var failure = failure(platformOf(route), exchange);
        found(
                run,
                platformOf(route),
                nameOf(route),
                State.LEFT,
                "could not be looked at: " + failure.getMessage(),
                failure.isDenied() ? "give the hub's credentials the right to read it" : "run doctor again");
    }

    /** The table, for people. */
    public void tell(@ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        run.findings().forEach(row -> run.progress()
                .say("%-5s %-11s %-13s %s%s"
                        .formatted(
                                row.state() == State.LEFT
                                        ? "ERROR"
                                        : row.text().startsWith("warning: ") ? "WARN" : "ok",
                                row.platform(),
                                row.kind(),
                                row.text(),
                                row.remedy().isEmpty() ? "" : ". To do: " + row.remedy())));
    }

    private static PlatformException failure(String platform, Exchange exchange) {
        return FailureClassifier.ofException(
                platform, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    private String platformOf(String route) {
        return platforms.all().stream()
                .map(platform -> platform.name())
                .filter(name -> route.startsWith(name + "-check-"))
                .findFirst()
                .orElse("");
    }

    private String nameOf(String route) {
        return route.substring((platformOf(route) + "-check-").length());
    }

    private static void found(JobRun run, String where, String kind, State state, String text, String remedy) {
        run.found(new Finding("", where, kind, text, state, remedy));
    }
}
