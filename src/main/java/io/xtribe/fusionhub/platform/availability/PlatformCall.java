package io.xtribe.fusionhub.platform.availability;

import java.util.List;
import java.util.function.UnaryOperator;

/** A request to a platform that is under way. Whoever began it says how it ended, once. */
public final class PlatformCall {

    private final PlatformAvailability platform;
    private final String kind;
    private final String endpoint;
    private List<Budget> spent;
    private String incidentId = "";
    private boolean isOver;

    PlatformCall(PlatformAvailability platform, String kind, String endpoint, List<Budget> spent) {
        this.platform = platform;
        this.kind = kind;
        this.endpoint = endpoint;
        this.spent = spent;
    }

    /**
     * The platform has answered, whatever the status: takes in what the answer tells of limits.
     *
     * @param headers an answer's header by its name, whatever its case; null when it is not there
     */
    public void told(UnaryOperator<String> headers) {
        platform.told(this, headers);
    }

    /** The platform did what was asked, or refused it for a reason that lies in the request. */
    public void answered() {
        platform.ended(this, PlatformAvailability.End.ANSWERED);
    }

    /** The platform gave no answer, or said that it cannot answer now. */
    public void failed() {
        failed("");
    }

    /**
     * The same of a call for an incident, whose own texts may be the cause.
     *
     * @param id of the incident; empty where there is none
     */
    public void failed(String id) {
        incidentId = id;
        platform.ended(this, PlatformAvailability.End.FAILED);
    }

    /** The platform refused the call because there were too many: that says nothing of its health. */
    public void throttled() {
        throttled("");
    }

    /**
     * The same of a call for an incident, whose own texts may be the cause.
     *
     * @param id of the incident; empty where there is none
     */
    public void throttled(String id) {
        incidentId = id;
        platform.ended(this, PlatformAvailability.End.THROTTLED);
    }

    String incidentId() {
        return incidentId;
    }

    String kind() {
        return kind;
    }

    String endpoint() {
        return endpoint;
    }

    /** What it has spent, for whoever asks first: from then on it is not under way. */
    List<Budget> arrived() {
        var mine = spent;
        spent = List.of();
        return mine;
    }

    boolean end() {
        var mine = !isOver;
        isOver = true;
        return mine;
    }
}
