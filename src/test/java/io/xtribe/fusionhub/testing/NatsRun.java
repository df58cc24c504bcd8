package io.xtribe.fusionhub.testing;

/** One server's life outside this JVM, as a process or in a container. Port and store are the same at every launch. */
interface NatsRun extends AutoCloseable {

    /** Sets it going, again after {@link #kill()} or {@link #stop()}; returns before the server answers. */
    void launch();

    boolean isAlive();

    /** SIGKILL; returns when it is gone. The store stays as the server left it. */
    void kill();

    /** SIGTERM to a server that runs; returns when it is gone. */
    void stop();

    /** How its log ends, for the message of a failure. */
    String logTail();

    /** Whether its store, or anything else of it, is still there. */
    boolean leavesSomething();

    /** Ends the server and removes its store. */
    @Override
    void close();
}
