package io.xtribe.fusionhub.work;

/** Where it is said that an incident has something to be done. */
public interface WorkMarks {

    /** A new incident is to be taken up, by this hub first. */
    void enter(String id, WorkLane lane);

    /**
     * An incident is due now.
     *
     * @param lane in which it is to be taken up; an entry that is in a more urgent one stays there
     */
    void mark(String id, WorkLane lane);
}
