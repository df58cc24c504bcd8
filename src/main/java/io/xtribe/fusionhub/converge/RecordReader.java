package io.xtribe.fusionhub.converge;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.signal.PlatformKey;

/** Reads a record of a platform by the platform's own route, outside of a pass. */
public final class RecordReader {

    private final Steps steps;
    private final Availability availability;
    private final CamelContext camel;

    RecordReader(Steps steps, Availability availability, CamelContext camel) {
        this.steps = steps;
        this.availability = availability;
        this.camel = camel;
    }

    /**
     * What a record shows, were it this incident's. Waits for the platform.
     *
     * @param id as the platform's API takes it; the answer has the record's own
     * @throws PlatformException when the platform refuses, does not answer, or is paused by hand
     */
    public Observation read(Incident incident, String platform, String part, String id) {
        availability.of(platform).pausedByHand().ifPresent(pause -> {
            throw new PlatformException(Kind.NOT_STARTED, platform + " is " + pause.words());
        });
        var record = new Reference(id, "", "", false, false);
        var asIts = incident.withPart(platform, part, current -> current.withReference(record));
        var run = steps.begin(Step.of(asIts, platform, part, Operation.READ)).orElseThrow();
        var exchange = new DefaultExchange(camel);
        run.enter(exchange);
        try (var template = camel.createProducerTemplate()) {
            template.send("direct:" + run.route(), exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            var answer = exchange.getMessage().getBody(JsonNode.class);
            return withForeignKey(
                    steps.read(answer, run.step()), answer.path("key").asText(""));
        } catch (Exception e) {
            throw FailureClassifier.ofException(platform, e);
        }
    }

    /** A key of ours, also one of another incident, may be replaced; anybody else's may not. */
    private static Observation withForeignKey(Observation said, String key) {
        var isTaken = !key.isEmpty() && PlatformKey.findIn(key).isEmpty();
        return isTaken ? said.withKeyTaken() : said;
    }
}
