package io.xtribe.fusionhub.lab.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one record shows while people work on the incident.
 *
 * @param place which record
 * @param status the platform's word
 * @param priority the platform's word
 * @param comments what people wrote, or the hub of what they wrote elsewhere
 */
record WorkView(Place place, String status, String priority, List<String> comments) {

    /** Where people write: the other Datadog record is the case. */
    private static final List<Place> COMMENTED = List.of(Place.DATADOG_CASE, Place.SERVICENOW, Place.PAGERDUTY);

    /** Of a record as the sandbox's control API lists it. */
    static WorkView of(Place place, JsonNode record) {
        var comments = new ArrayList<String>();
        for (String member : List.of("comments", "work_notes", "notes")) {
            record.path(member).forEach(one -> comments.add(one.asText()));
        }
        return new WorkView(
                place, record.path("status").asText(), record.path("priority").asText(), List.copyOf(comments));
    }

    /** Whether it shows all that the work has brought. */
    boolean shows(Work work) {
        return status.equalsIgnoreCase(work.status(place))
                && priority.endsWith(work.priority())
                && (work.comment().isEmpty()
                        || !COMMENTED.contains(place)
                        || comment(work).isPresent());
    }

    /** The line of a comment that holds what was written. */
    Optional<String> comment(Work work) {
        return work.comment().isEmpty()
                ? Optional.empty()
                : comments.stream()
                        .filter(text -> text.contains(work.comment()))
                        .map(text -> text.replaceFirst("\\[fusion:[^]]*] ", ""))
                        .findFirst();
    }
}
