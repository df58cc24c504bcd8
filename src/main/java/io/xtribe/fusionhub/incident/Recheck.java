package io.xtribe.fusionhub.incident;

/**
 * A create was made again after one of unknown outcome, so both may have made a record. This says when the platform is
 * searched for a second record.
 *
 * @param token names this wait; each hub counts its time from when it first saw it
 * @param afterMillis how long after that the platform is searched for good
 */
public record Recheck(String token, long afterMillis) {}
