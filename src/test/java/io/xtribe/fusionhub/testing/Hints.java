package io.xtribe.fusionhub.testing;

import java.util.Map;
import java.util.Set;

import io.smallrye.config.SmallRyeConfigBuilder;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.platform.PlatformCatalogue;

/** Routing hints as the built-in platforms declare them. */
public final class Hints {

    /** The columns of a service catalogue. */
    public static final CatalogueColumns COLUMNS = PlatformCatalogue.columns(new SmallRyeConfigBuilder().build());

    /** Their names in the envelope. */
    public static final Set<String> NAMES = COLUMNS.names();

    private Hints() {}

    /** All that the service catalogue says of a service. */
    public static RoutingHints of(
            String service,
            String team,
            String runbook,
            String pagerdutyservice,
            String escalationpolicy,
            String assignmentgroup) {
        return new RoutingHints(
                service,
                team,
                runbook,
                Map.of(
                        "pagerdutyservice", pagerdutyservice,
                        "escalationpolicy", escalationpolicy,
                        "assignmentgroup", assignmentgroup));
    }
}
