package io.xtribe.fusionhub.incident;

import java.time.Instant;

/**
 * A platform's refusal of this incident, in its own words. Stands until the desired state changes or an operator
 * retries.
 *
 * @param operation what was refused, for example {@code open}
 * @param status the HTTP status of the answer, 0 where it is not known
 * @param words the vendor's words
 * @param generation the generation of the incident that was refused
 * @param at when the hub heard it
 */
public record Rejection(String operation, int status, String words, long generation, Instant at) {}
