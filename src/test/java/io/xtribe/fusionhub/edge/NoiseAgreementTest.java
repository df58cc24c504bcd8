package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.signal.SignalReader;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the golden cases call noise, the hub's own rules would not open; and what these call no signal at all does not
 * pass the edge either. {@link VrlCasesTest} holds Vector to the cases.
 */
class NoiseAgreementTest {

    private static final Duration ANY_AGE = Duration.ofDays(100_000);

    /** Whatever may open by configuration opens here: the edge knows of none but {@code fusion.priorities}. */
    private static final FirstSignRule MOST_THAT_OPENS = new FirstSignRule(
            Set.of(Priority.P1, Priority.P2),
            Set.of("datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual", "pagerduty.service"),
            Map.of(),
            ANY_AGE,
            ANY_AGE);

    private static final FirstSignRule BY_DEFAULT = new FirstSignRule(
            MOST_THAT_OPENS.priorities(),
            Set.of("datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual"),
            BuiltIn.openingWords(),
            ANY_AGE,
            ANY_AGE);

    private final List<UnknownWord> unknown = new ArrayList<>();

    static Stream<EdgeCase> noise() {
        return EdgeCase.all().stream().filter(each -> each.json().has("noise"));
    }

    static Stream<EdgeCase> events() {
        return EdgeCase.all().stream().filter(each -> each.json().has("event"));
    }

    static Stream<EdgeCase> letters() {
        return EdgeCase.all().stream().filter(EdgeCase::isLetter);
    }

    static Stream<EdgeCase> signals() {
        return EdgeCase.all().stream().filter(each -> each.json().has("signal"));
    }

    static Stream<EdgeCase> notUnderstood() {
        return EdgeCase.all().stream().filter(each -> !each.notUnderstood().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("noise")
    void noiseOpensNothing(EdgeCase edgeCase) throws IOException {
        var signal = signal(edgeCase);

        assertThat(signal.ourKey()).isEmpty();
        switch (signal.kind()) {
            case NOISE -> assertThat(signal.reason()).isEqualTo(edgeCase.noise());
            case UNKNOWN -> {
                assertThat(MOST_THAT_OPENS.isUnopened(signal, unknown)).isTrue();
                assertThat(FirstSignRule.unopened(signal.priority())).isEqualTo(edgeCase.noise());
            }
            default -> {
                var decision = MOST_THAT_OPENS.decide(signal, unknown, Instant.now());
                assertThat(decision.verdict()).isEqualTo(FirstSignRule.Verdict.NOISE);
                assertThat(decision.reason()).isEqualTo(edgeCase.noise());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("letters")
    void whatNoTableKnowsIsADeadLetter(EdgeCase edgeCase) throws IOException {
        var signal = signal(edgeCase);

        assertThat(signal.kind()).isEqualTo(SignalKind.UNKNOWN);
        assertThat(signal.reason()).isEqualTo(edgeCase.refusal());
        assertThat(signal.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("notUnderstood")
    void aWordThatNoTableHasIsNeitherNoiseNorOpened(EdgeCase edgeCase) throws IOException {
        var signal = signal(edgeCase);

        if (signal.kind() == SignalKind.UNKNOWN) {
            assertThat(signal.reason()).startsWith(edgeCase.notUnderstood());
            return;
        }
        var decision = MOST_THAT_OPENS.decide(signal, unknown, Instant.now());
        assertThat(decision.verdict()).isEqualTo(FirstSignRule.Verdict.NOT_UNDERSTOOD);
        assertThat(decision.reason()).startsWith(edgeCase.notUnderstood());
    }

    /** What each kind of monitor, and each spelling, is to the hub as it is configured by default. */
    @ParameterizedTest
    @MethodSource("signals")
    void isTheSignalThatTheCaseSays(EdgeCase edgeCase) throws IOException {
        var expected = edgeCase.json().path("signal");

        var signal = signal(edgeCase);

        assertThat(unknown).isEmpty();
        assertThat(signal.kind().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.path("kind").asText());
        assertThat(signal.status()).isEqualTo(expected.path("status").asText());
        assertThat(signal.priority()).isEqualTo(expected.path("priority").asText());
        if (expected.has("key")) {
            assertThat(signal.key()).isEqualTo(expected.path("key").asText());
            assertThat(signal.title()).isEqualTo(expected.path("title").asText());
        }
        var verdict = BY_DEFAULT.decide(signal, unknown, Instant.now()).verdict();
        assertThat(verdict == FirstSignRule.Verdict.OPEN)
                .isEqualTo(expected.path("opens").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatPassesIsASignal(EdgeCase edgeCase) throws IOException {
        assertThat(signal(edgeCase).kind()).isNotEqualTo(SignalKind.NOISE);
    }

    private Signal signal(EdgeCase edgeCase) throws IOException {
        var body = EdgeCase.JSON.readTree(edgeCase.body());
        var source = edgeCase.source();
        var envelope = new CloudEvent(source + ":1", source, source, Instant.now(), RoutingHints.NONE, body);
        return SignalReader.read(
                envelope,
                Mapping.apply(source + "-signal", body, Map.of("url", "https://dev00000.example")),
                BuiltIn.words(source),
                unknown::add);
    }
}
