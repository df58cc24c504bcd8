package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.platform.availability.Availability;

/**
 * The job {@code doctor}: looks whether everything is as incidents need it, before one comes. What a platform needs is looked at by the
 * routes {@code <platform>-check-<name>} of its folder; here are its credentials and its clock.
 */
@Singleton
@Named("doctorJob")
public class DoctorJob {

    private static final String PROBED = "probed";
    private static final Map<State, String> WORDS = Map.of(State.LEFT, "ERROR", State.WARN, "WARN", State.OK, "ok");

    /** Exchange property: when the probe began, by this host's clock. */
    private static final String BEGAN = "began";
    /** An HTTP date has no parts of a second. */
    private static final Duration DATE_UNIT = Duration.ofSeconds(1);

    private final Platforms platforms;
    private final Speakers speakers;
    private final Availability availability;

    public DoctorJob(Platforms platforms, Speakers speakers, Availability availability) {
        this.platforms = platforms;
        this.speakers = speakers;
        this.availability = availability;
    }

    /** The platforms whose credentials are tried. */
    public List<String> platforms(@ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        return platforms.all().stream()
                .map(platform -> platform.name())
                .filter(run.request()::covers)
                .toList();
    }

    /** Its probe begins. */
    public void probe(@Body String platform, Exchange exchange) {
        exchange.setProperty(PROBED, platform);
        exchange.setProperty(BEGAN, Instant.now());
    }

    /** Its probe was answered. */
    public void accepted(
            @ExchangeProperty(PROBED) String platform,
            @ExchangeProperty(BEGAN) Instant began,
            @ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        run.found(State.OK, platform, "credentials", "our credentials are taken", "");
        run.found(clock(platform, began));
        speakers.of(platform)
                .filter(speaker -> speaker.judge("") == Speaker.Verdict.NOT_YET)
                .ifPresent(speaker -> run.found(
                        State.OK,
                        platform,
                        "account",
                        "whose webhooks are taken is not checked: its API has not told which " + speaker.what()
                                + " is ours",
                        "set " + speaker.key()));
    }

    /** The platform's clock against this host's, by the date of its last answer. */
    private Finding clock(String platform, Instant began) {
        return availability
                .of(platform)
                .lastWritten()
                .map(written -> Clocks.compared(platform, began, written, DATE_UNIT, Instant.now()))
                .orElseGet(() -> Finding.of(
                        State.OK, platform, Clocks.KIND, "its answers have no date: its clock is not known", ""));
    }

    /** Its probe failed. */
    public void refused(
            @ExchangeProperty(PROBED) String platform,
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            Exchange exchange) {
        var failure = failure(platform, exchange);
        run.found(
                State.LEFT,
                platform,
                "credentials",
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
            run.found(
                    state(one.path("level").asText()),
                    platformOf(route),
                    nameOf(route),
                    one.path("text").asText(),
                    one.path("remedy").asText(""));
        }
    }

    private static State state(String level) {
        return switch (level) {
            case "error" -> State.LEFT;
            case "warning" -> State.WARN;
            default -> State.OK;
        };
    }

    /** A check could not be made. */
    public void unchecked(
            @ExchangeProperty("check") String route, @ExchangeProperty(JobRun.PROPERTY) JobRun run, Exchange exchange) {
        var failure = failure(platformOf(route), exchange);
        run.found(
                State.LEFT,
                platformOf(route),
                nameOf(route),
                "could not be looked at: " + failure.getMessage(),
                failure.isDenied() ? "give the hub's credentials the right to read it" : "run doctor again");
    }

    /** The table, for people. */
    public void tell(@ExchangeProperty(JobRun.PROPERTY) JobRun run) {
        run.findings().forEach(row -> run.progress()
                .say("%-5s %-11s %-13s %s%s"
                        .formatted(
                                WORDS.get(row.state()),
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
}
