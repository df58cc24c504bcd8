package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

    static Stream<EdgeCase> noise() {
        return EdgeCase.all().stream().filter(each -> each.json().has("noise"));
    }

    static Stream<EdgeCase> events() {
        return EdgeCase.all().stream().filter(each -> each.json().has("event"));
    }

    @ParameterizedTest
    @MethodSource("noise")
    void noiseOpensNothing(EdgeCase edgeCase) throws IOException {
        var signal = signal(edgeCase);

        if (signal.kind() != SignalKind.NOISE) {
            assertThat(signal.ourKey()).isEmpty();
            var decision = MOST_THAT_OPENS.decide(signal, Instant.now());
            assertThat(decision.verdict()).isEqualTo(FirstSignRule.Verdict.NOISE);
            assertThat(decision.reason()).isEqualTo(edgeCase.noise());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatPassesIsASignal(EdgeCase edgeCase) throws IOException {
        assertThat(signal(edgeCase).kind()).isNotEqualTo(SignalKind.NOISE);
    }

    private static Signal signal(EdgeCase edgeCase) throws IOException {
        var body = EdgeCase.JSON.readTree(edgeCase.body());
        var source = edgeCase.source();
        var envelope = new CloudEvent(source + ":1", source, source, Instant.now(), RoutingHints.NONE, body);
        return SignalReader.read(
                envelope,
                Mapping.apply(source + "-signal", body, Map.of("url", "https://dev00000.example")),
                BuiltIn.words(source),
                word -> {});
    }
}
