package io.xtribe.fusionhub.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Change;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.Hearing;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.intake.PolledSignals.Polled;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalReader;
import io.xtribe.fusionhub.signal.UnknownWord;

/** Says what something that was read of a platform would make of the incident that it belongs to. Nothing is stored, told or counted. */
@Singleton
public class SignalReview {

    private final ProducerTemplate template;
    private final Platforms platforms;
    private final Speakers speakers;
    private final ChangeRules rules;
    private final KnownIncidents incidents;
    private final IncidentStore store;
    private final Envelopes envelopes;

    SignalReview(
            ProducerTemplate template,
            Platforms platforms,
            Speakers speakers,
            ChangeRules rules,
            IncidentStore store,
            ReferenceStore references,
            Envelopes envelopes) {
        this.template = template;
        this.platforms = platforms;
        this.speakers = speakers;
        this.rules = rules;
        this.store = store;
        this.incidents = new KnownIncidents(store, references);
        this.envelopes = envelopes;
    }

    /**
     * What a signal says, and would do.
     *
     * @param unknown words that no table has
     * @param before the incident that it belongs to, as it is stored; empty where none is known
     * @param change what would become of that; null where none is known
     */
    public record Review(Signal signal, List<UnknownWord> unknown, Optional<Incident> before, Change change) {

        /** Whether the stored record would change. Hubs are not bothered, for thousands of records, with a later time for what they know. */
        public boolean changes() {
            return before.isPresent() && !change.incident().isButForTimes(before.get());
        }
    }

    /**
     * Maps what a job has read, and looks what it would do.
     *
     * @throws InvalidSignalException when it cannot be read, or comes from an account that may not speak
     */
    public Review of(String platform, Polled one) {
        return of(platform, one, signal -> Optional.empty());
    }

    /**
     * The same where incidents are in memory already. What differs from one there is compared with the stored one, which may have
     * changed since.
     */
    public Review of(String platform, Polled one, Function<Signal, Optional<Incident>> inMemory) {
        var event = envelopes.of(platform, Envelopes.id(platform + ":job:", one.id()), one.data());
        var mapped = map(event);
        var unknown = new ArrayList<UnknownWord>();
        var told = SignalReader.read(event, mapped, platforms.words(event.source()), unknown::add);
        var signal = platforms.copy(told.platform()) == Copy.NONE ? told.withComments(List.of()) : told;
        checkSpeaker(signal, SignalReader.account(mapped));
        var known = inMemory.apply(signal);
        if (known.isPresent()) {
            var review = of(signal, unknown, known);
            if (!review.changes()) {
                return review;
            }
        }
        return of(signal, unknown, stored(signal));
    }

    private Review of(Signal signal, List<UnknownWord> unknown, Optional<Incident> before) {
        var hearing = new Hearing(Instant.now(), rules);
        return new Review(
                signal,
                List.copyOf(unknown),
                before,
                before.map(incident -> incident.observePolled(Observation.of(signal), hearing))
                        .orElse(null));
    }

    private Optional<Incident> stored(Signal signal) {
        return incidents
                .find(signal)
                .flatMap(store::find)
                .map(IncidentStore.Versioned::incident)
                .or(() -> incidents.ofSeries(signal).filter(found -> found.status() != Status.RESOLVED));
    }

    private JsonNode map(CloudEvent event) {
        var exchange = new DefaultExchange(template.getCamelContext());
        exchange.setProperty(SignalSource.PROPERTY, event.source());
        exchange.getIn().setBody(event.data());
        template.send("direct:" + event.source() + "-signal", exchange);
        if (exchange.getException() != null) {
            throw new InvalidSignalException(
                    "the mapping of '" + event.source() + "' failed: " + FailureWords.message(exchange.getException()));
        }
        return exchange.getMessage().getBody(JsonNode.class);
    }

    private void checkSpeaker(Signal signal, String account) {
        speakers.of(signal.platform())
                .filter(speaker -> speaker.judge(account) == Speaker.Verdict.FOREIGN)
                .ifPresent(speaker -> {
                    throw new InvalidSignalException("it comes from the " + speaker.what() + " "
                            + speaker.nameIn(account) + ", which may not speak here: " + speaker.key());
                });
    }
}
