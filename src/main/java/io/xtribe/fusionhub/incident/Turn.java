package io.xtribe.fusionhub.incident;

import java.time.Instant;

/**
 * A change of one field of an incident by somebody on a platform.
 *
 * @param platform where
 * @param from what was desired before
 * @param to what has been desired since
 * @param at when the hub heard of it, by the hub's clock
 */
public record Turn(String platform, String from, String to, Instant at) {}
