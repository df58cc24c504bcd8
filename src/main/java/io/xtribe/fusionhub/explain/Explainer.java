package io.xtribe.fusionhub.explain;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.catalogue.Catalogue;
import io.xtribe.fusionhub.catalogue.CatalogueColumns;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Mode;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.intake.Brake;
import io.xtribe.fusionhub.intake.Envelopes;
import io.xtribe.fusionhub.intake.StormBrake;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformRequest;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.platform.TransportFactory;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.startup.RouteOverrides;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

/**
 * Says what this hub would do about a signal, and why, without doing any of it: nothing is sent, stored, counted or logged as if it had
 * happened. One question at a time.
 */
@Singleton
public class Explainer {

    private final FusionConfig config;
    private final Config values;
    private final Platforms platforms;
    private final RouteOverrides routes;
    private final CatalogueColumns columns;
    private final Catalogue catalogue;
    private final Speakers speakers;
    private final StormBrake brake;
    private final OptionalFeatures features;
    private final Instance<TransportFactory> transports;
    private final Availability availability;
    private final IncidentIndex index;
    private final Known known;

    public Explainer(
            FusionConfig config,
            Config values,
            Platforms platforms,
            RouteOverrides routes,
            CatalogueColumns columns,
            Catalogue catalogue,
            Speakers speakers,
            StormBrake brake,
            OptionalFeatures features,
            @Any Instance<TransportFactory> transports,
            Availability availability,
            IncidentIndex index,
            IncidentStore incidents,
            ReferenceStore references,
            EndStore ends,
            CommentTexts texts) {
        this.config = config;
        this.values = values;
        this.platforms = platforms;
        this.routes = routes;
        this.columns = columns;
        this.catalogue = catalogue;
        this.speakers = speakers;
        this.brake = brake;
        this.features = features;
        this.transports = transports;
        this.availability = availability;
        this.index = index;
        this.known = new Known(incidents, references, ends, texts);
    }

    /**
     * Explains, with what this hub knows.
     *
     * @param body a webhook's body, or a CloudEvent
     * @param source the platform whose webhook it is; empty for a CloudEvent
     * @throws IllegalArgumentException when it is not said whose webhook it is, or the routes cannot be used
     * @throws io.xtribe.fusionhub.incident.StoreUnavailableException when NATS is away
     */
    public synchronized JsonNode explain(byte[] body, String source) {
        return explain(body, source, known, true);
    }

    /** The same with no incident known, as when there is no hub. */
    synchronized JsonNode explainOffline(byte[] body, String source) {
        return explain(body, source, Known.NOTHING, false);
    }

    private JsonNode explain(byte[] body, String source, Known before, boolean isAtWork) {
        var at = Instant.now();
        var remarks = new ArrayList<String>();
        remarks.add("authentication of a webhook is not looked at");
        var explanation = explain(body, source, before, isAtWork, at, remarks);
        remarks.addAll(explanation.remarks());
        if (isAtWork) {
            remarks.addAll(waits());
        } else {
            remarks.add("no hub was asked: no incident is known, and it is not checked which account speaks");
        }
        return masking().mask(IncidentJson.mapper().valueToTree(explanation.with(remarks)));
    }

    private Explanation explain(
            byte[] body, String source, Known before, boolean isAtWork, Instant at, List<String> remarks) {
        byte[] event;
        try {
            event = new ExplainedEvent(new Envelopes(catalogue, platforms), names()).of(body, source, at, remarks::add);
        } catch (InvalidSignalException letter) {
            return Explanation.refused(at, letter);
        }
        try (var rehearsal = open(current(), before, isAtWork)) {
            return rehearsal.explain(event, at);
        }
    }

    /** The same in a rehearsal that is open, with the enrichment of its version. */
    Explanation explain(byte[] body, String source, Rehearsal rehearsal, Instant at) {
        try {
            var envelopes = new Envelopes(catalogue, rehearsal.version().platforms());
            return rehearsal.explain(new ExplainedEvent(envelopes, names()).of(body, source, at, remark -> {}), at);
        } catch (InvalidSignalException letter) {
            return Explanation.refused(at, letter);
        }
    }

    /** Takes secrets out of what is shown. */
    Masking masking() {
        return Masking.of(values, platforms.all());
    }

    /** The routes and mappings of this hub. */
    Rehearsal.Version current() {
        return new Rehearsal.Version(apart(Map.of()), routes.files());
    }

    /** The same, with others in the place of some of its platforms. */
    Rehearsal.Version with(Map<String, Platform> others, Map<String, Path> files) {
        var replaced = new TreeMap<>(routes.files());
        replaced.putAll(files);
        return new Rehearsal.Version(apart(others), replaced);
    }

    private Platforms apart(Map<String, Platform> others) {
        var all = new LinkedHashMap<String, Platform>();
        platforms
                .all()
                .forEach(platform -> all.put(
                        platform.name(),
                        others.getOrDefault(platform.name(), platform).apart()));
        return Platforms.of(all, config.copy());
    }

    /**
     * Opens a rehearsal.
     *
     * @param isAtWork whether this process is a hub, which has asked its platforms who may speak, and lists all incidents
     */
    Rehearsal open(Rehearsal.Version version, Known before, boolean isAtWork) {
        return new Rehearsal(
                version,
                new Rehearsal.Hub(
                        config,
                        values,
                        columns.names(),
                        platform -> isAtWork ? speakers.of(platform) : Optional.empty(),
                        isAtWork ? brake.foretold() : Brake.NONE,
                        features,
                        this::asSent,
                        isAtWork && !index.isComplete()
                                ? Optional.empty()
                                : Optional.of(isAtWork ? index::knows : id -> false)),
                before);
    }

    private PlatformRequest asSent(String transport, PlatformRequest request) {
        return transports.stream()
                .filter(factory -> factory.name().equals(transport))
                .findFirst()
                .map(factory -> factory.asSent(request))
                .orElse(request);
    }

    /** Why requests would not go out now. */
    private List<String> waits() {
        var waits = new ArrayList<String>();
        if (config.mode() == Mode.OBSERVE) {
            waits.add("the hub runs in observe mode: it sends none of the requests that write");
        }
        for (var name : names()) {
            var own = availability.of(name);
            var byHand = own.pausedByHand();
            if (byHand.isPresent()) {
                waits.add(name + " is " + byHand.get().words() + ": its requests wait until somebody resumes it");
            } else if (own.isPaused()) {
                waits.add(name + " is paused: its requests wait until its probe is answered");
            } else if (own.isAway()) {
                waits.add(name + " does not answer, or has asked to be left alone: its requests wait for that");
            }
        }
        return waits;
    }

    /** The platforms that take part. */
    List<String> names() {
        return platforms.all().stream().map(Platform::name).toList();
    }

    FusionConfig config() {
        return config;
    }

    Config values() {
        return values;
    }

    /** What this hub knows. */
    Known known() {
        return known;
    }
}
