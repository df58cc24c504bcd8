package io.xtribe.fusionhub.platform.pagerduty;

import java.util.Map;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.TargetChooser;

/** Whom to page: the service and policy that the routing hints name, else the configured ones. */
@Singleton
public class PagerDutyTarget implements TargetChooser {

    private final String defaultService;
    private final String defaultPolicy;
    private final PagerDutyPriorities priorities;

    public PagerDutyTarget(FusionConfig config, Config values, PagerDutyPriorities priorities) {
        var settings = Platform.find("pagerduty", config, values).orElseThrow().settings();
        this.defaultService = settings.text("service-id").orElse("");
        this.defaultPolicy = settings.text("escalation-policy-id").orElse("");
        this.priorities = priorities;
    }

    @Override
    public String platform() {
        return "pagerduty";
    }

    @Override
    public Map<String, String> choose(Incident incident) {
        var hints = incident.hints();
        var service = hints.pagerdutyservice().isEmpty() ? defaultService : hints.pagerdutyservice();
        return Map.of(
                "service",
                service,
                "defaultService",
                defaultService,
                "escalationPolicy",
                hints.escalationpolicy().isEmpty() ? policyOf(service) : hints.escalationpolicy(),
                "priority",
                priorities.id(incident.priority().name()).orElse(""));
    }

    /** The configured policy is for the configured service: on a team's own one it would page somebody else. */
    private String policyOf(String service) {
        return service.equals(defaultService) ? defaultPolicy : "";
    }
}
