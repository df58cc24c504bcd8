package io.xtribe.fusionhub.lab.sandbox.pagerduty;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Exchange;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** The list of incidents with its filters. Without a date range it covers one month, which hides old open ones. */
final class IncidentList {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(30);
    private static final Duration LONGEST_RANGE = Duration.ofDays(184);

    private final IncidentBook book;
    private final IncidentView view;

    IncidentList(IncidentBook book, IncidentView view) {
        this.book = book;
        this.view = view;
    }

    Answer answer(Exchange call) {
        int limit = Pages.limit(call);
        int offset = Pages.offset(call);
        String key = call.query("incident_key");
        // An empty key filters nothing: a client that sends one gets unrelated incidents.
        Collection<PagedIncident> candidates = key == null || key.isEmpty() ? book.all() : book.withKey(key);
        List<PagedIncident> found = new ArrayList<>();
        Instant[] range = range(call);
        List<String> statuses = call.queries("statuses[]");
        List<String> services = call.queries("service_ids[]");
        List<String> urgencies = call.queries("urgencies[]");
        List<String> users = call.queries("user_ids[]");
        for (PagedIncident incident : candidates) {
            boolean wanted = in(statuses, incident.status)
                    && in(services, incident.service)
                    && in(urgencies, incident.urgency)
                    && (range == null
                            || !incident.createdAt.isBefore(range[0]) && !incident.createdAt.isAfter(range[1]));
            boolean assigned = users.isEmpty() || incident.assignees.stream().anyMatch(users::contains);
            if (wanted && assigned) {
                found.add(incident);
            }
        }
        sort(found, call.query("sort_by", "incident_number:asc"));
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("incidents");
        boolean withTriggers = call.queries("include[]").contains("first_trigger_log_entries");
        found.stream().skip(offset).limit(limit).forEach(incident -> {
            ObjectNode shown = view.rest(incident);
            if (withTriggers) {
                shown.set("first_trigger_log_entry", incident.log.get(0));
            }
            list.add(shown);
        });
        return Answer.of(200, Pages.add(answer, limit, offset, found.size(), call));
    }

    private static boolean in(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static Instant[] range(Exchange call) {
        if ("all".equals(call.query("date_range"))) {
            return null;
        }
        String since = call.query("since");
        String until = call.query("until");
        Instant end = until == null ? Instant.now().plusSeconds(1) : time(until);
        Instant start = since == null ? end.minus(DEFAULT_RANGE) : time(since);
        if (Duration.between(start, end).compareTo(LONGEST_RANGE) > 0) {
            throw PagerDutyErrors.arguments("The date range cannot exceed 6 months");
        }
        return new Instant[] {start, end};
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw PagerDutyErrors.arguments("Invalid date: " + text);
        }
    }

    private static void sort(List<PagedIncident> found, String by) {
        Comparator<PagedIncident> comparator =
                switch (by.split(":")[0]) {
                    case "created_at" ->
                        Comparator.comparing((PagedIncident incident) -> incident.createdAt)
                                .thenComparing(incident -> incident.number);
                    case "resolved_at" ->
                        Comparator.comparing(
                                (PagedIncident incident) -> incident.resolvedAt,
                                Comparator.nullsLast(Comparator.naturalOrder()));
                    case "urgency" -> Comparator.comparing((PagedIncident incident) -> incident.urgency);
                    default -> Comparator.comparing((PagedIncident incident) -> incident.number);
                };
        found.sort(by.split(",")[0].endsWith(":desc") ? comparator.reversed() : comparator);
    }
}
