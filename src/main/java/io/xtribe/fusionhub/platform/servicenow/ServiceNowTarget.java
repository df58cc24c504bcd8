package io.xtribe.fusionhub.platform.servicenow;

import java.util.Map;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.platform.TargetChooser;

/** Who owns the incident: the group that the routing hint names, else the configured one. */
@Singleton
public class ServiceNowTarget implements TargetChooser {

    private final FusionConfig.Servicenow config;

    public ServiceNowTarget(FusionConfig config) {
        this.config = config.servicenow();
    }

    @Override
    public String platform() {
        return "servicenow";
    }

    @Override
    public Map<String, String> choose(Incident incident) {
        var hint = incident.hints().assignmentgroup();
        var defaultGroup = config.assignmentGroup().orElse("");
        return Map.of(
                "caller",
                config.callerId().orElse(""),
                "assignmentGroup",
                hint.isEmpty() ? defaultGroup : hint,
                "defaultAssignmentGroup",
                defaultGroup,
                "closeCode",
                config.closeCode());
    }
}
