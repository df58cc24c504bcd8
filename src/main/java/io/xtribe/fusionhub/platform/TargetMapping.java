package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;

/** The mapping of a descriptor that chooses where on a platform an incident is opened. */
final class TargetMapping {

    private final Mapping mapping;
    private final Platform platform;

    private TargetMapping(Mapping mapping, Platform platform) {
        this.mapping = mapping;
        this.platform = platform;
    }

    /** Empty when the platform has nothing to choose. */
    static Optional<TargetMapping> of(Platform platform) {
        var file = platform.descriptor().target();
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetMapping(
                        Mapping.compile(file, platform.folder().text(file)), platform));
    }

    /** The target of an incident, by its routing hints and its priority; its members are read by the vendor's mappings. */
    Map<String, String> choose(Incident incident) {
        var input = JsonNodeFactory.instance.objectNode();
        input.set("hints", IncidentJson.mapper().valueToTree(incident.hints()));
        input.put("priority", incident.priority().name());
        var target = new TreeMap<String, String>();
        mapping.apply(input, platform.context(null))
                .properties()
                .forEach(member -> target.put(member.getKey(), member.getValue().asText()));
        return target;
    }
}
