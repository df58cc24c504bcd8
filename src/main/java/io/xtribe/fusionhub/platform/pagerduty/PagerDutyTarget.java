package io.xtribe.fusionhub.platform.pagerduty;

import java.util.Map;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.platform.TargetChooser;

/** Whom to page: the service and policy that the routing hints name, else the configured ones. */
@Singleton
public class PagerDutyTarget implements TargetChooser {

    private final FusionConfig.Pagerduty config;
    private final PagerDutyPriorities priorities;

    public PagerDutyTarget(FusionConfig config, PagerDutyPriorities priorities) {
        this.config = config.pagerduty();
        this.priorities = priorities;
    }

    @Override
    public String platform() {
        return "pagerduty";
    }

    @Override
    public Map<String, String> choose(Incident incident) {
        var hints = incident.hints();
        var defaultService = config.serviceId().orElse("");
        var service = hints.pagerdutyservice().isEmpty() ? defaultService : hints.pagerdutyservice();
        return Map.of(
                "service",
                service,
                "defaultService",
                defaultService,
                "escalationPolicy",
                hints.escalationpolicy().isEmpty() ? policyOf(service, defaultService) : hints.escalationpolicy(),
                "priority",
                priorities.id(incident.priority().name()).orElse(""));
    }

    /** The configured policy is for the configured service: on a team's own one it would page somebody else. */
    private String policyOf(String service, String defaultService) {
        return service.equals(defaultService) ? config.escalationPolicyId().orElse("") : "";
    }
}
