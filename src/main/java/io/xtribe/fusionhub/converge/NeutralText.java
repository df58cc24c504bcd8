package io.xtribe.fusionhub.converge;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Reference;

/**
 * Title and description of a record whose own ones its platform refuses, for example because a content filter takes them for an
 * attack. They hold nothing that a person or an alert has written, only ids and addresses by which the text is found.
 */
final class NeutralText {

    private static final ObjectMapper JSON = IncidentJson.mapper();
    /** What is longer is left out of the title: the shortest column for one holds 160 characters, and cuts the rest off. */
    private static final int LONGEST_URL = 100;
    /** An id of a vendor; anything else might be a text. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private NeutralText() {}

    /** As {@code title} and {@code description}; the mappings put the priority in front of the title, as always. */
    static ObjectNode of(Incident incident) {
        var origin = incident.origin();
        var source = origin.source() + (ID.matcher(origin.subject()).matches() ? " " + origin.subject() : "");
        var seen = opened(incident)
                .map(Reference::url)
                .filter(url -> !url.isEmpty() && url.length() <= LONGEST_URL)
                .findFirst()
                .map(url -> ", see " + url)
                .orElse(" of " + source);
        var description =
                new StringBuilder("Its own title and description were refused here. They stand in:\n" + source);
        opened(incident).forEach(record -> description
                .append('\n')
                .append(record.number())
                .append(' ')
                .append(record.url()));
        return JSON.createObjectNode()
                .put("title", "Incident " + incident.id() + seen)
                .put("description", description.toString());
    }

    /** The records that are known, those of the origin's platform first. */
    private static Stream<Reference> opened(Incident incident) {
        var platform = incident.origin().platform();
        return Stream.concat(
                        Stream.of(platform),
                        incident.platforms().keySet().stream().filter(name -> !name.equals(platform)))
                .flatMap(name -> incident.platforms().getOrDefault(name, Map.of()).values().stream())
                .filter(Part::isOpened)
                .map(Part::reference);
    }
}
