package io.xtribe.fusionhub.converge;

/**
 * An incident that is not settled, in the bucket {@code fusion-work}.
 *
 * @param due epoch milliseconds; only advice, nothing depends on clocks agreeing
 * @param tries failed passes in a row
 * @param owner the hub that works on it, or empty
 * @param leaseMillis how long after another hub first saw this revision the owner may still be at work
 */
public record WorkEntry(long due, int tries, String owner, long leaseMillis) {

    WorkEntry dueNow(long now) {
        return new WorkEntry(now, tries, owner, leaseMillis);
    }
}
