package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.testing.HubProcess;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;

/** Runs batch jobs as processes beside a hub at work. No webhook and no poll tells it what happens: only jobs find that. */
final class JobDesk implements AutoCloseable {

    static final Duration PLENTY = Duration.ofSeconds(60);

    private final Rig rig;
    private final HubProcess hub;
    private Instant began = Instant.now();

    private JobDesk(Rig rig) {
        this.rig = rig;
        this.hub = ours().start().awaitReady();
    }

    static JobDesk start(String test) {
        return new JobDesk(Rig.start(test));
    }

    @Override
    public void close() {
        hub.close();
        rig.close();
    }

    Rig rig() {
        return rig;
    }

    HubProcess hub() {
        return hub;
    }

    /** What happens from now on is what {@link #jobSince} looks at. */
    void begin() {
        began = Instant.now();
    }

    HubProcess.Builder ours() {
        return rig.hub()
                .env("FUSION_DATADOG_ORG_ID", "1200000001")
                .env("FUSION_SERVICENOW_INSTANCE", "sandbox")
                .env("FUSION_TRIGGERS_SOURCES", "datadog.monitor,datadog.incident,servicenow,pagerduty.manual");
    }

    JobEnd job(String... arguments) {
        return job(ours(), arguments);
    }

    JobEnd job(HubProcess.Builder settings, String... arguments) {
        return JobEnd.of(settings, arguments);
    }

    /** A job on what this test has made. */
    JobEnd jobSince(String... arguments) {
        var all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--since";
        all[arguments.length + 1] = began.toString();
        return job(all);
    }

    /** Alerts that webhooks tell of; what happens afterwards no webhook tells. */
    void linked(String... titles) {
        rig.webhooksTo(hub);
        webhooks(true);
        for (String title : titles) {
            rig.platforms().datadogAlert("P1", title);
        }
        rig.awaitSettled(List.of(titles), PLENTY);
        webhooks(false);
    }

    private void webhooks(boolean on) {
        rig.webhooks(Map.of("enabled", Map.of("datadog", on, "servicenow", on, "pagerduty", on)));
    }

    JsonNode incident(String title) {
        return rig.incidents().get(title);
    }

    String id(String title, FaultRig.Place place) {
        return incident(title)
                .path("platforms")
                .path(place.platform())
                .path(place.part())
                .at("/reference/id")
                .asText();
    }

    long writes() {
        return rig.platforms().counts().path("writes").asLong();
    }

    JsonNode page(String title) {
        return FaultRig.record(rig.platforms().records(), incident(title).path("platforms"), PAGE);
    }
}
