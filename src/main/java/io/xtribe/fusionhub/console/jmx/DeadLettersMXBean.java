package io.xtribe.fusionhub.console.jmx;

/** Dead letters, for JMX. */
@Says("What could not be understood, and giving it to the hubs again.")
public interface DeadLettersMXBean {

    @Says("How many there are, as of some seconds ago; -1 while NATS has not told")
    long getCount();

    @Says("The id of the newest; empty when there is none")
    String getLastId();

    @Says("When the newest was stored")
    String getLastAt();

    @Says("The platform that the newest is of, and the class of its reason")
    String getLast();

    @Says("Gives one to the hubs again, and takes it out of the dead letters")
    String replay(@Says("Its id, a number") long id, @Says("Why, for the log; may be empty") String reason);

    @Says("Gives many to the hubs again, by the job replay, which runs in this hub. Returns the id of its run")
    String replayAll(
            @Says("Only those of this platform; empty: all") String source,
            @Says("Only those of this class, such as unknown-word; empty: all") String letterClass,
            @Says("How many a second, 1 to 1000; 0: 20") int rate,
            @Says("Why, for the log; may be empty") String reason);
}
