package io.xtribe.fusionhub.platform;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.trace.Trace;

/** What a platform's routes see of the step they run; in the exchange property {@link #RUN}. */
public interface PlatformStep {

    /** Exchange property with the step under way; absent when there is none, as in a probe. */
    String RUN = "run";

    /** Exchange property with the step as JSON, which mappings see as {@code $step}. */
    String VIEW = "view";

    /** Exchange property with the step's {@link io.xtribe.fusionhub.platform.availability.Permit}; absent when it has none. */
    String PERMIT = "permit";

    /** Exchange property in which a platform's route may say what the timeline should know of how the step was done. */
    String REMARK = "remark";

    /** For example {@code open}. */
    String getOperation();

    /** Which of the platform's records, for example {@code case}. */
    String getPart();

    /** The step as JSON, for mappings; not to be changed. */
    ObjectNode view();

    /** The incident that it is a step of; empty where it is of none. */
    default String incidentId() {
        return view().path("id").asText();
    }

    /** Told of each request that was made for it, when it is over. */
    default void called(Timeline.Call call) {}

    /** How urgent its calls are among what waits for this platform. */
    Lane getLane();

    /** What shows it in a trace. */
    default Trace trace() {
        return Trace.NONE;
    }

    /** How much time is left to begin a call; negative when it is too late. */
    Duration left();
}
