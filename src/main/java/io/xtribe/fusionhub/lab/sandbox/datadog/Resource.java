package io.xtribe.fusionhub.lab.sandbox.datadog;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A record of Datadog's in the form of JSON:API. */
interface Resource {

    /** As the API shows it; changed in place. */
    ObjectNode resource();

    default String id() {
        return resource().path("id").asText();
    }

    default ObjectNode attributes() {
        return (ObjectNode) resource().get("attributes");
    }

    /** Empty when there is no such attribute. */
    default String text(String attribute) {
        return attributes().path(attribute).asText("");
    }
}
