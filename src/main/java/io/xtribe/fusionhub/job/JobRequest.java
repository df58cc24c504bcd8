package io.xtribe.fusionhub.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.xtribe.fusionhub.incident.IncidentJson;

/**
 * What a job is asked to do.
 *
 * @param job its name, for example {@code reconcile}
 * @param dryRun whether nothing is written: neither to a platform nor to NATS, but for the record of the run
 * @param since nothing that is older is looked at; null: the job decides
 * @param until nothing that is newer is looked at; null: up to now
 * @param platform only this one; empty: all
 * @param limit how many items at most; 0: all
 * @param by who asked
 * @param summary the file that takes the summary as well; empty: none
 * @param request the id of the request that it answers; empty: none
 * @param progress {@code bar}, {@code lines} or {@code none}
 * @param options what only this job knows, by the option's name without hyphens at its beginning
 */
public record JobRequest(
        String job,
        boolean dryRun,
        Instant since,
        Instant until,
        String platform,
        int limit,
        String by,
        String summary,
        String request,
        String progress,
        Map<String, String> options) {

    public JobRequest {
        options = options == null ? Map.of() : Map.copyOf(options);
    }

    static JobRequest of(String json) {
        return IncidentJson.read(json.getBytes(StandardCharsets.UTF_8), JobRequest.class);
    }

    String toJson() {
        return new String(IncidentJson.write(this), StandardCharsets.UTF_8);
    }

    /** Whether a platform is looked at. */
    boolean covers(String name) {
        return platform.isEmpty() || platform.equals(name);
    }

    /** Whether a moment lies between {@code since} and {@code until}. */
    boolean covers(Instant moment) {
        return (since == null || !moment.isBefore(since)) && (until == null || moment.isBefore(until));
    }

    /** An option that only this job knows; empty where it was not given. */
    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isEmpty());
    }

    boolean has(String flag) {
        return option(flag).filter("true"::equals).isPresent();
    }
}
