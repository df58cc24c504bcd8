package io.xtribe.fusionhub.lab.sandbox.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.ext.web.Router;

/** One simulated platform. All methods are called on the sandbox's event loop, so state needs no lock. */
public interface Simulator {
    Platform platform();

    /** Registers the platform's API; paths are relative to {@code /<platform>}. */
    void operations(Operations operations);

    /** Registers the pages that people see; paths are relative to {@code /<platform>}. */
    void pages(Router router);

    /** The header in which each answer has the vendor's id of the request; empty where none is documented. */
    default String requestIdHeader() {
        return "";
    }

    /** Throws a {@link Refusal} with the vendor's answer to missing or wrong credentials. */
    void authenticate(Exchange exchange);

    /** The vendor's real error answer of the called path for a status; detail may be null. */
    Answer error(String path, int status, String detail);

    /** A change made by a person or a monitor, not through the API; see {@link ControlApi} for the targets. */
    JsonNode act(String target, String id, JsonNode what);

    /** All records in short: id, number, url, key, status, priority, title and what links they show. */
    ArrayNode records();

    void reset();
}
