package io.xtribe.fusionhub.testing;

import java.time.Duration;
import java.util.List;

import io.xtribe.fusionhub.platform.availability.Availability;

/** Platforms that limit nothing, by the real clock. */
public final class Availabilities {

    private Availabilities() {}

    public static Availability unlimited() {
        return new Availability(List.of(), System::nanoTime, () -> 1, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }
}
