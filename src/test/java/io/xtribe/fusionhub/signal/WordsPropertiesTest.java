package io.xtribe.fusionhub.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Words of the vendors in any spelling, and words that no table has: by way of mapping, reader and rule. */
class WordsPropertiesTest extends MappingFixture {

    private static final FirstSignRule RULE = new FirstSignRule(
            Set.of(Priority.P1, Priority.P2),
            Set.of("datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual"),
            BuiltIn.openingWords(),
            Duration.ofDays(100_000),
            Duration.ofDays(100_000));

    /**
     * Where a body of a P1 that begins says a word.
     *
     * @param part by which table it is translated
     */
    private record Place(String path, String pointer, String field, String part) {

        String source() {
            return path.substring(0, path.indexOf('/'));
        }

        ObjectNode body(String word) {
            var body = MappingFixture.body(path);
            ((ObjectNode) body.at(pointer.substring(0, pointer.lastIndexOf('/'))))
                    .put(pointer.substring(pointer.lastIndexOf('/') + 1), word);
            return body;
        }

        Optional<String> meaning(String word) {
            var words = BuiltIn.words(source());
            return field.equals("status") ? words.status(part, word) : words.priority(part, word);
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place("datadog/monitor-triggered-p1", "/alert_transition", "status", "monitor"),
            new Place("datadog/monitor-triggered-p1", "/alert_priority", "priority", "monitor"),
            new Place("datadog/incident-declared-sev1", "/incident/status", "status", "incident"),
            new Place("datadog/incident-declared-sev1", "/incident/severity", "priority", "incident"),
            new Place("servicenow/created-p1", "/incident/state", "status", "incident"),
            new Place("servicenow/created-p1", "/incident/priority", "priority", "incident"),
            new Place("pagerduty/triggered-p1-manual", "/event/data/status", "status", "incident"),
            new Place("pagerduty/triggered-p1-manual", "/event/data/priority/summary", "priority", "incident"));

    private record Said(Signal signal, List<UnknownWord> unknown) {

        FirstSignRule.Decision decision() {
            return RULE.decide(signal, unknown, Instant.now());
        }
    }

    private static Said said(String source, JsonNode body) {
        var unknown = new ArrayList<UnknownWord>();
        var mapped = Mapping.apply(source + "-signal", body, Map.of("url", INSTANCE));
        var envelope = new CloudEvent("e", source, source + ".x", Instant.now(), RoutingHints.NONE, body);
        return new Said(SignalReader.read(envelope, mapped, BuiltIn.words(source), unknown::add), unknown);
    }

    @Property(tries = 400)
    void meansTheSameInAnySpelling(
            @ForAll("known") Map.Entry<Place, String> known, @ForAll("spellings") Spelling spelling) {
        var place = known.getKey();
        var word = known.getValue();

        var exact = said(place.source(), place.body(word));
        var spelt = said(place.source(), place.body(spelling.of(word)));

        assertThat(spelt.unknown()).isEmpty();
        assertThat(spelt.signal().status()).isEqualTo(exact.signal().status());
        assertThat(spelt.signal().priority()).isEqualTo(exact.signal().priority());
        assertThat(spelt.decision().verdict()).isEqualTo(exact.decision().verdict());
    }

    /** Of a P1 that begins, whatever the word and wherever it stands: said, never dropped and never opened. */
    @Property(tries = 400)
    void saysAWordThatNoTableHas(@ForAll("places") Place place, @ForAll("words") String word) {
        Assume.that(place.meaning(word).isEmpty());
        Assume.that(!place.pointer().equals("/alert_transition") || !word.isBlank());

        var said = said(place.source(), place.body(word));

        assertThat(said.unknown()).singleElement().satisfies(one -> assertThat(one.field())
                .isEqualTo(place.field()));
        assertThat(said.signal().status()).isNotEqualTo(place.field().equals("status") ? "active" : "none");
        assertThat(said.decision().verdict()).isEqualTo(Verdict.NOT_UNDERSTOOD);
        assertThat(said.decision().reason()).contains("is in no table, known are ");
    }

    @Property(tries = 300)
    void neverTakesARecoveryForActive(@ForAll("recoveries") String transition) {
        var said = said("datadog", PLACES.get(0).body(transition));

        assertThat(said.signal().status()).isIn("resolved", "");
        assertThat(said.decision().verdict()).isNotEqualTo(Verdict.OPEN);
        assertThat(said.unknown().isEmpty()).isEqualTo(said.signal().isOver());
    }

    /** How a word may be written: case, blanks around it, and what stands between its parts. */
    private record Spelling(int letters, String before, String after, String between) {
        String of(String word) {
            var cased =
                    switch (letters) {
                        case 0 -> word;
                        case 1 -> word.toUpperCase(Locale.ROOT);
                        default -> word.toLowerCase(Locale.ROOT);
                    };
            var parted = between == null ? cased : cased.replaceAll("(?<=\\w)[ -](?=\\w)", between);
            return before + parted + after;
        }
    }

    @Provide
    Arbitrary<Spelling> spellings() {
        var blanks = Arbitraries.of("", " ", "  ", "\t", "\u00a0");
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2),
                        blanks,
                        blanks,
                        Arbitraries.of(" ", "-", "_", "  ", "").injectNull(0.2))
                .as(Spelling::new);
    }

    @Provide
    Arbitrary<Map.Entry<Place, String>> known() {
        return Arbitraries.of(PLACES.stream()
                .flatMap(place -> BuiltIn.words(place.source()).known(place.field(), place.part()).stream()
                        .map(word -> Map.entry(place, word)))
                .toList());
    }

    @Provide
    Arbitrary<Place> places() {
        return Arbitraries.of(PLACES);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of("Blocker", "Escalated", "P6", "42", "-1", "SEV-9", "??", "緊急", "$ALERT_PRIORITY"),
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars(' ', '-', '_')
                        .ofMinLength(1)
                        .ofMaxLength(40));
    }

    @Provide
    Arbitrary<String> recoveries() {
        var states = Stream.of("", "Alert", "Triggered", "Warn", "Warning", "No Data", "Re-No Data", "Unheard of");
        var words = Arbitraries.of(states.toList());
        return Combinators.combine(words, Arbitraries.of("Recovered", "recovered", "Recovery", "RECOVERED"), words)
                .as((before, word, after) -> (before + " " + word + (after.isEmpty() ? "" : " from " + after)).strip());
    }
}
