package io.xtribe.fusionhub.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RareLog;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalReader;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.work.WorkMarks;

/**
 * The intake on stores that are given, as the route {@code signals-intake} uses it: with stores in memory it decides as the hub does, and
 * nothing is stored, counted or logged as if it had happened. One signal at a time.
 */
public final class IntakeRehearsal {

    /** Nothing was decided: it comes again, and may be understood then. */
    public static final String COMES_AGAIN = "comes-again";
    /** It becomes a dead letter. */
    public static final String DEAD_LETTER = "dead-letter";

    /**
     * The stores it works on.
     *
     * @param marks where it says what is to be done
     */
    public record Stores(
            IncidentStore incidents,
            ReferenceStore references,
            EndStore ends,
            CommentTexts texts,
            Timeline timeline,
            WorkMarks marks) {}

    /**
     * By what it decides.
     *
     * @param hintNames the names of the platforms' routing hints
     * @param speakers who may speak for a platform, where that is checked
     * @param reopenWindow how long after its end an alert that begins again opens its incident again
     * @param brake says which new incidents are held
     * @param clock the time at which signals are heard
     */
    public record Rules(
            Platforms platforms,
            ChangeRules changes,
            FirstSignRule firstSign,
            Set<String> hintNames,
            Function<String, Optional<Speaker>> speakers,
            Duration reopenWindow,
            Brake brake,
            InstantSource clock) {}

    /**
     * What became of one signal.
     *
     * @param envelope null where it cannot be read
     * @param signal what its mapping makes of it; null where it was not mapped
     * @param unknown words of it that no table has
     * @param outcome {@code opened}, {@code held}, {@code applied}, {@code unchanged}, {@code noise}, {@link #DEAD_LETTER} or {@link #COMES_AGAIN}
     * @param reason why it is noise, a dead letter or comes again; else empty
     * @param letter why it is a dead letter, with class and remedy; else null
     */
    public record Heard(
            CloudEvent envelope,
            Signal signal,
            List<UnknownWord> unknown,
            String outcome,
            String reason,
            InvalidSignalException letter) {}

    private final Rules rules;
    private final SignalIntake intake;
    private final NoisePeek peek;
    private final Tally tally = new Tally();
    private CloudEvent envelope;
    private Signal signal;
    private List<UnknownWord> unknown;
    private String outcome;
    private String reason;
    private InvalidSignalException letter;
    private StoreUnavailableException away;

    /**
     * A rehearsal.
     *
     * @param attempts writes the attempts of a new incident
     * @param isKnown whether there is an incident of that id, for what is dropped by a few fields; empty where that is not known, so that
     *     every signal is read
     */
    public IntakeRehearsal(Stores stores, Rules rules, AttemptMaker attempts, Optional<Predicate<String>> isKnown) {
        this.rules = rules;
        var platforms = rules.platforms();
        this.intake = new SignalIntake(
                stores.incidents(),
                stores.references(),
                new KnownIncidents(stores.incidents(), stores.references()),
                new SignalApplication(
                        stores.incidents(),
                        stores.references(),
                        stores.texts(),
                        stores.timeline(),
                        stores.marks(),
                        rules.changes(),
                        (platform, incident) -> {},
                        rules.clock()),
                stores.marks(),
                attempts,
                new FirstSigns(rules.firstSign(), stores.ends()),
                platforms.all().stream().collect(Collectors.toUnmodifiableMap(Platform::name, Platform::words)),
                rules.hintNames(),
                new SpeakerCheck(rules.speakers(), new SimpleMeterRegistry(), RareLog.silent(), RareLog.silent()),
                platform -> platforms.copy(platform) != Copy.NONE,
                rules.reopenWindow(),
                false,
                rules.brake(),
                tally,
                rules.clock());
        this.peek = isKnown.map(
                        known -> NoisePeek.of(platforms, rules.firstSign().priorities(), known, tally))
                .orElse(null);
    }

    /** Whether a first sign opens, where these platforms take part. */
    public static FirstSignRule firstSign(FusionConfig config, Platforms platforms) {
        return IntakeBeans.rule(config, platforms);
    }

    /** The beans of the route {@code signals-intake}, by their names. */
    public Map<String, Object> beans() {
        return Map.of(
                "signalArrival", new Arrival(),
                "noisePeek", new Peek(),
                "signalIntake", new Intake(),
                "signalFailures", new Failures(),
                "acknowledgement", new Acknowledged());
    }

    /** Another signal follows. */
    public void begin() {
        envelope = null;
        signal = null;
        unknown = List.of();
        outcome = "";
        reason = "";
        letter = null;
        away = null;
    }

    /**
     * What became of the signal.
     *
     * @throws StoreUnavailableException when a store that is read could not be reached
     */
    public Heard heard() {
        if (away != null) {
            throw away;
        }
        return new Heard(envelope, signal, List.copyOf(unknown), outcome, reason, letter);
    }

    private void ended(String how, String why) {
        outcome = how;
        reason = why;
    }

    /** Of a hub it counts how often a signal has come. */
    public final class Arrival {
        /** For routes. */
        public void arrive() {
            // Each is looked at once.
        }
    }

    /** Drops what is known by a few fields. */
    public final class Peek {
        /** For routes. */
        public boolean mayMatter(@Body byte[] event) {
            return peek == null || peek.mayMatter(event);
        }
    }

    /** The intake, and what it has read. */
    public final class Intake {
        /** For routes. */
        public void open(Exchange exchange) {
            intake.open(exchange);
            envelope = exchange.getProperty("envelope", CloudEvent.class);
        }

        /** For routes. */
        public void receive(@Body JsonNode mapped, @ExchangeProperty("envelope") CloudEvent event) {
            var words = new ArrayList<UnknownWord>();
            signal = SignalReader.read(event, mapped, rules.platforms().words(event.source()), words::add);
            unknown = words;
            ended(intake.receive(mapped, event), tally.reason);
        }
    }

    /** What becomes of a signal that cannot be taken. */
    public final class Failures {
        /** For routes. */
        public void handle(Exchange exchange) {
            var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            var source = exchange.getProperty(SignalSource.PROPERTY, "unknown", String.class);
            FailureWords.causes(failure)
                    .filter(StoreUnavailableException.class::isInstance)
                    .findFirst()
                    .ifPresent(cause -> away = (StoreUnavailableException) cause);
            if (SignalFailures.comesAgain(failure)) {
                ended(COMES_AGAIN, FailureWords.of(failure));
            } else if (SignalFailures.isNotYetUnderstood(failure)) {
                ended(
                        COMES_AGAIN,
                        SignalFailures.explained(failure, source).getMessage()
                                + "; the lists of its account may tell, and are not all read yet");
            } else {
                letter = SignalFailures.explained(failure, source);
                ended(DEAD_LETTER, letter.getMessage());
            }
        }
    }

    /** Of a hub it takes the signal from NATS. */
    public final class Acknowledged {
        /** For routes. */
        public void accept() {
            // Nothing was delivered.
        }
    }

    /** Keeps the reason for which the signal is noise. */
    private final class Tally implements SignalTally {
        private String reason = "";

        @Override
        public void unknownWord(String platform, UnknownWord word) {
            reason = "";
        }

        @Override
        public void unknownEvent(String platform) {
            reason = "";
        }

        @Override
        public void ended(String platform, String type, String how) {
            reason = "";
        }

        @Override
        public void openedByPoll(String platform) {
            reason = "";
        }

        @Override
        public void dropped(String source, String type, String why) {
            reason = why;
            IntakeRehearsal.this.ended(Noise.OUTCOME, why);
        }
    }
}
