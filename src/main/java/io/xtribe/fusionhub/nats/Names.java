package io.xtribe.fusionhub.nats;

/** The fixed names on NATS that others build on. */
public final class Names {

    public static final String SIGNALS = "FUSION_SIGNALS";
    public static final String DEAD_LETTERS = "FUSION_DEAD_LETTERS";
    public static final String TIMELINE = "FUSION_TIMELINE";
    public static final String EVENTS = "FUSION_EVENTS";
    public static final String AUDIT = "FUSION_AUDIT";

    public static final String INCIDENTS_BUCKET = "fusion-incidents";
    public static final String REFS_BUCKET = "fusion-refs";
    public static final String WORK_BUCKET = "fusion-work";
    public static final String JOBS_BUCKET = "fusion-jobs";

    public static final String INTAKE_CONSUMER = "signals-intake";
    public static final String INTAKE_SUBJECT = "fusion.intake";

    /** What operators have asked for. */
    public static final String AUDIT_SUBJECT = "fusion.audit";

    /** Where hubs say that they are at work; no stream keeps it. */
    public static final String MEMBERS_SUBJECT = "fusion.members";

    /** Heartbeats of all hubs, in the stream of the signals. No platform is called so: a name has no underscore. */
    public static final String HEARTBEAT_SUBJECT = "fusion.signals._heartbeat";

    /** Where the hub that was delivered a heartbeat tells of it; no stream keeps it. */
    public static final String HEARTBEATS_SUBJECT = "fusion.heartbeats";

    /** Where jobs are asked for; no stream keeps it. */
    public static final String JOB_REQUESTS = "fusion.jobs.requested";

    /** Where failed jobs are told of; no stream keeps it. */
    public static final String JOBS_FAILED = "fusion.jobs.failed";

    private Names() {}

    public static String signals(String source) {
        return "fusion.signals." + source;
    }

    public static String deadLetters(String source) {
        return "fusion.dead-letters." + source;
    }

    public static String timeline(String correlationId) {
        return "fusion.timeline." + correlationId;
    }

    public static String event(String event) {
        return "fusion.incidents." + event;
    }
}
