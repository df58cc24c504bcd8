package io.xtribe.fusionhub.intake;

/** Told of signals that open nothing and belong to no incident. */
interface DroppedSignals {

    /**
     * One was dropped.
     *
     * @param type what it said had happened, or {@link Outcomes#UNREAD}
     */
    void dropped(String source, String type, String reason);
}
