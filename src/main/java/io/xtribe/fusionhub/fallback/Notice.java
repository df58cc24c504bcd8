package io.xtribe.fusionhub.fallback;

import java.util.List;

/**
 * One message to people that nobody is paged.
 *
 * @param way by which it is sent: {@code webhook}, {@code mail} or {@code events}
 * @param incidents what it tells of, the oldest first; at least one
 * @param reason what is known of why nobody is paged, in one line; empty where nothing is
 */
public record Notice(String way, List<Unpaged> incidents, String reason) {

    public Notice {
        incidents = List.copyOf(incidents);
    }
}
