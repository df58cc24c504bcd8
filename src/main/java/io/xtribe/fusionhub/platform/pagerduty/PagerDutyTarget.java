package io.xtribe.fusionhub.platform.pagerduty;

import java.util.Map;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.FusionConfig;
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
        return Map.of(
                "service",
                hints.pagerdutyservice().isEmpty() ? defaultService : hints.pagerdutyservice(),
                "defaultService",
                defaultService,
                "escalationPolicy",
                hints.escalationpolicy().isEmpty() ? config.escalationPolicyId().orElse("") : hints.escalationpolicy(),
                "priority",
                priorities.id(incident.priority().name()).orElse(""));
    }
}
