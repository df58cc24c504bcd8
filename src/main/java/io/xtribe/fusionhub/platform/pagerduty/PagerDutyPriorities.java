package io.xtribe.fusionhub.platform.pagerduty;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.platform.Platform;

/**
 * Which id each priority has in this account. Priorities are free objects of an account, matched by name; see
 * <a href="https://developer.pagerduty.com/api-reference/">"List priorities"</a>.
 */
@Singleton
@Named("pagerDutyPriorities")
public class PagerDutyPriorities {

    private final boolean wanted;
    private final Duration refresh;
    private final Duration retry;
    private volatile Map<String, String> ids = Map.of();
    private volatile boolean read;
    private volatile Long askedAt;

    @Inject
    PagerDutyPriorities(FusionConfig config, Config values) {
        var platform = Platform.find("pagerduty", config, values)
                .filter(described -> config.platforms().contains(described.name()));
        this.wanted = platform.isPresent();
        this.refresh = platform.map(present -> present.settings().duration("priorities-refresh"))
                .orElse(Duration.ZERO);
        this.retry = config.probe();
    }

    /** Whether they are to be read now: for the first time, again after long, or soon after a failure. For routes. */
    public boolean takeTurn() {
        var now = System.nanoTime();
        var isDue = wanted && (askedAt == null || now - askedAt > (read ? refresh : retry).toNanos());
        if (isDue) {
            askedAt = now;
            read = false;
        }
        return isDue;
    }

    public void remember(@Body JsonNode answer) {
        var next = new HashMap<String, String>();
        answer.path("priorities")
                .forEach(priority -> next.put(
                        priority.path("name").asText().toUpperCase(Locale.ROOT),
                        priority.path("id").asText()));
        ids = Map.copyOf(next);
        read = true;
    }

    /** Empty while the account's priorities are not known, or when it has none of this name. */
    public Optional<String> id(String name) {
        return Optional.ofNullable(ids.get(name));
    }
}
