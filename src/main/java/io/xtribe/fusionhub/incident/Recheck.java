package io.xtribe.fusionhub.incident;

/**
 * A create followed one of unknown outcome, so a second record of ours may turn up: when its platform is searched for it
 * once more.
 *
 * @param token names this wait; each hub counts its time from when it first saw it
 * @param afterMillis how long after that the platform is searched for good
 */
public record Recheck(String token, long afterMillis) {}
