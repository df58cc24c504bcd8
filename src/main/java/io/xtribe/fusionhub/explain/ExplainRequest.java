package io.xtribe.fusionhub.explain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.xtribe.fusionhub.incident.IncidentJson;

/**
 * What a process of its own is asked to explain.
 *
 * @param body a webhook's body, or a CloudEvent; null where recorded signals are compared
 * @param source the platform whose webhook it is; empty for a CloudEvent
 * @param against the folder with the other version; null where there is none
 * @param from the first moment of which recorded signals are compared
 * @param to the first moment of which they are not
 * @param limit how many signals at most; 0: all
 * @param json whether the answer is JSON
 */
record ExplainRequest(byte[] body, String source, String against, Instant from, Instant to, int limit, boolean json) {

    /** Exit code where nothing could be explained. */
    static final int NOT_EXPLAINED = 2;

    /** Exit code where two versions differ. */
    static final int DIFFERENT = 1;

    static ExplainRequest of(String json) {
        return IncidentJson.read(json.getBytes(StandardCharsets.UTF_8), ExplainRequest.class);
    }

    String toJson() {
        return new String(IncidentJson.write(this), StandardCharsets.UTF_8);
    }
}
