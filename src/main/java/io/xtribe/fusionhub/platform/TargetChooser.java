package io.xtribe.fusionhub.platform;

import java.util.Map;

import io.xtribe.fusionhub.incident.Incident;

/** Chooses where on a platform an incident is opened: the service, the group, the project. */
public interface TargetChooser {

    /** The platform it chooses for. */
    String platform();

    /** The target, frozen with the attempt; its members are read by the platform's own mapping. */
    Map<String, String> choose(Incident incident);
}
