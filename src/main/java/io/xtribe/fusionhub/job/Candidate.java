package io.xtribe.fusionhub.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;

/**
 * A record, or an alert, that stands on a platform and belongs to no incident.
 *
 * @param signal what the platform shows of it
 * @param data the same in the platform's own form
 */
record Candidate(Signal signal, JsonNode data) {

    String platform() {
        return signal.platform();
    }

    /** Names it among all. */
    String name() {
        var record = signal.record();
        return record == null ? platform() + "//" + signal.key() : name(platform(), record.part(), record.id());
    }

    static String name(String platform, String part, String id) {
        return platform + "/" + part + "/" + id;
    }

    /** The id of the incident of which it carries the key. */
    Optional<String> key() {
        return signal.ourKey().map(PlatformKey::correlationId);
    }

    /** For people. */
    String words() {
        return platform() + " "
                + (signal.record() == null
                        ? "alert"
                        : signal.record().part() + " " + signal.record().number());
    }
}
