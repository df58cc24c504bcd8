package io.xtribe.fusionhub.job;

/** How a job ended; the exit code is what Argo's retry rules go by. The codes from 64 on are those of BSD's sysexits.h. */
public enum JobOutcome {
    /** All is done. */
    DONE(0, "done"),
    /** The job itself failed: an error of the hub. */
    FAILED(1, "failed"),
    /** It came to its end, and something is left that a person has to look at. */
    DIFFERENCES(3, "differences"),
    /** The command line makes no sense; trying again would not help. */
    USAGE(64, "usage"),
    /** A platform or NATS could not be reached. */
    UNREACHABLE(69, "unreachable"),
    /** It could not be done now, for example because no hub is at work: try again later. */
    LATER(75, "later");

    private final int code;
    private final String word;

    JobOutcome(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** The exit code of the process, 0 to 75. */
    public int code() {
        return code;
    }

    /** As it stands in the summary. */
    public String word() {
        return word;
    }
}
