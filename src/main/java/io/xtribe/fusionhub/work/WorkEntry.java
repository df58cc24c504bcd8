package io.xtribe.fusionhub.work;

/**
 * An incident that is not settled, in the bucket {@code fusion-work}. It holds durations only: each hub counts them by
 * its own monotonic clock from when it first saw them, so that no clocks of two hosts are ever compared.
 *
 * @param waitMillis how long after this revision was first seen the incident is due; 0 is due now
 * @param tries failed passes in a row
 * @param owner the hub that works on it, or empty
 * @param leaseMillis how long after another hub first saw this lease the owner may still be at work
 * @param lease names the lease; it stays the same when the entry is marked, and is empty without an owner
 * @param lane in which order it is taken up when it is due
 */
public record WorkEntry(long waitMillis, int tries, String owner, long leaseMillis, String lease, WorkLane lane) {
    public WorkEntry {
        owner = owner == null ? "" : owner;
        lease = lease == null ? "" : lease;
        lane = lane == null ? WorkLane.FOLLOW_UP : lane;
    }

    /** Work without an owner that is due now. */
    static WorkEntry unowned(WorkLane lane) {
        return new WorkEntry(0, 0, "", 0, "", lane);
    }

    WorkEntry dueNow() {
        return new WorkEntry(0, tries, owner, leaseMillis, lease, lane);
    }

    /** Due now, and in the more urgent of the two lanes; but what has failed already does not go before new triggers. */
    WorkEntry markedIn(WorkLane other) {
        return new WorkEntry(0, tries, owner, leaseMillis, lease, tries == 0 ? lane.orMoreUrgent(other) : lane);
    }

    WorkEntry leasedTo(String hub, long millis, String newLease) {
        return new WorkEntry(waitMillis, tries, hub, millis, newLease, lane);
    }

    /** Handed back without any work, so that any hub may take it. */
    WorkEntry notBegun() {
        return new WorkEntry(0, tries, "", 0, "", lane);
    }

    /** Given back after a pass. */
    WorkEntry dueAfter(long millis, int failures, WorkLane next) {
        return new WorkEntry(millis, failures, "", 0, "", next);
    }
}
