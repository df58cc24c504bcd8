package io.xtribe.fusionhub.incident;

import java.time.Instant;

/**
 * With what the hub hears an observation.
 *
 * @param at when, by the hub's clock
 * @param rules what is done about disagreement
 */
public record Hearing(Instant at, ChangeRules rules) {}
