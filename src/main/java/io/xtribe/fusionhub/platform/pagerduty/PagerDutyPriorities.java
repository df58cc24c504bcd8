package io.xtribe.fusionhub.platform.pagerduty;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;

/**
 * Which id each priority has in this account. Priorities are free objects of an account, matched by name; see
 * <a href="https://developer.pagerduty.com/api-reference/">"List priorities"</a>.
 */
@Singleton
@Named("pagerDutyPriorities")
public class PagerDutyPriorities {

    private volatile Map<String, String> ids = Map.of();

    public void remember(@Body JsonNode answer) {
        var next = new HashMap<String, String>();
        answer.path("priorities")
                .forEach(priority -> next.put(
                        priority.path("name").asText().toUpperCase(Locale.ROOT),
                        priority.path("id").asText()));
        ids = Map.copyOf(next);
    }

    /** Empty while the account's priorities are not known, or when it has none of this name. */
    public Optional<String> id(String name) {
        return Optional.ofNullable(ids.get(name));
    }
}
