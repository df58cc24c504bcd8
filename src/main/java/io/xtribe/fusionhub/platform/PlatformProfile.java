package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.incident.Operation;

/**
 * What converge must know of a platform, beside its routes.
 *
 * @param name as in the route ids
 * @param parts the records that one incident has there; the first is the one that other platforms link to
 * @param uniqueKey whether the platform itself refuses a second open record with our key
 * @param timeout the longest time of one call, connecting included
 * @param settle how long after a failed create its record may still turn up in a find
 * @param lacks what it has no way to do
 * @param commentPart the record on which comments of other platforms are written, or empty: none
 * @param statusRules how its records follow the desired status, by part
 */
public record PlatformProfile(
        String name,
        List<String> parts,
        boolean uniqueKey,
        Duration timeout,
        Duration settle,
        Set<Operation> lacks,
        Map<String, StatusRule> statusRules,
        String commentPart) {

    /** A platform that takes no comments. */
    public PlatformProfile(
            String name,
            List<String> parts,
            boolean uniqueKey,
            Duration timeout,
            Duration settle,
            Set<Operation> lacks,
            Map<String, StatusRule> statusRules) {
        this(name, parts, uniqueKey, timeout, settle, lacks, statusRules, "");
    }

    /** A platform that can do everything but take comments. */
    public PlatformProfile(String name, List<String> parts, boolean uniqueKey, Duration timeout, Duration settle) {
        this(name, parts, uniqueKey, timeout, settle, Set.of(), Map.of());
    }

    /** How records of that name follow the desired status. */
    public StatusRule statusRule(String part) {
        return statusRules.getOrDefault(part, StatusRule.PLAIN);
    }

    public String primaryPart() {
        return parts.get(0);
    }

    /**
     * The route that does something for one of the platform's records: {@code pagerduty-open}, and where it has several
     * {@code datadog-open-case}.
     *
     * @param part the record, or the kind of first sign: {@code datadog.monitor} is read by {@code datadog-read-monitor}
     */
    public String route(String operation, String part) {
        return name + "-" + operation + (parts.size() == 1 ? "" : "-" + part.substring(part.lastIndexOf('.') + 1));
    }
}
