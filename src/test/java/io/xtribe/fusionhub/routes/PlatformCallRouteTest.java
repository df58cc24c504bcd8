package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.converge.StepRun;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** The request of a {@code platform:} step, and what is made of its answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformCallRouteTest extends PlatformRouteTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Override
    Map<String, String> settings() {
        return Map.of(
                "fusion.datadog.timeout", TIMEOUT.toMillis() + "ms",
                "fusion.servicenow.timeout", TIMEOUT.toMillis() + "ms",
                "fusion.pagerduty.timeout", TIMEOUT.toMillis() + "ms");
    }

    @BeforeEach
    void resetSandbox() {
        sandbox.reset();
    }

    private Exchange probe(String platform) {
        return template.request("direct:" + platform + "-probe", exchange -> {});
    }

    private PlatformException refused(String platform) {
        var failure = probe(platform).getException();
        assertThat(failure).as("the probe of %s did not fail", platform).isNotNull();
        assertThat(failure.toString()).doesNotContain("sandbox-token", "sandbox-app-key", "sandbox-password");
        return FailureClassifier.ofException(platform, failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void isAnswered(String platform) {
        var answer = probe(platform);

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeaders()).isEmpty();
        assertThat(calls(platform)).hasSize(platform.equals("pagerduty") ? 2 : 1);
        assertThat(counted(platform, "maintenance", "ok")).isPositive();
    }

    private long counted(String platform, String operation, String outcome) {
        var timer = metrics.find("fusion.calls")
                .tags("platform", platform, "operation", operation, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, 400, REJECTED", "servicenow, 400, REJECTED", "pagerduty, 400, REJECTED",
        "datadog, 401, DENIED", "servicenow, 401, DENIED", "pagerduty, 401, DENIED",
        "datadog, 402, FEATURE_OFF", "servicenow, 402, FEATURE_OFF", "pagerduty, 402, FEATURE_OFF",
        "datadog, 403, DENIED", "servicenow, 403, REJECTED", "pagerduty, 403, DENIED",
        "datadog, 404, REJECTED", "servicenow, 404, REJECTED", "pagerduty, 404, REJECTED",
        "datadog, 408, WILL_HEAL", "servicenow, 408, WILL_HEAL", "pagerduty, 408, WILL_HEAL",
        "datadog, 425, WILL_HEAL", "servicenow, 425, WILL_HEAL", "pagerduty, 425, WILL_HEAL",
        "datadog, 429, THROTTLED", "servicenow, 429, THROTTLED", "pagerduty, 429, THROTTLED",
        "datadog, 500, UNKNOWN_OUTCOME", "servicenow, 500, UNKNOWN_OUTCOME", "pagerduty, 500, UNKNOWN_OUTCOME",
        "datadog, 502, UNKNOWN_OUTCOME", "servicenow, 502, UNKNOWN_OUTCOME", "pagerduty, 502, UNKNOWN_OUTCOME",
        "datadog, 503, WILL_HEAL", "servicenow, 503, WILL_HEAL", "pagerduty, 503, WILL_HEAL",
        "datadog, 504, UNKNOWN_OUTCOME", "servicenow, 504, UNKNOWN_OUTCOME", "pagerduty, 504, UNKNOWN_OUTCOME"
    })
    void tellsRefusalsApartByStatus(String platform, int status, Kind kind) {
        sandbox.fault(platform, "*").status(status).always().inject();
        var before = counted(platform, "maintenance", String.valueOf(status));

        var failure = refused(platform);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        // Datadog's probe asks for a case where incidents may not be read.
        var asked = platform.equals("datadog") && List.of(402, 403, 404).contains(status) ? 2 : 1;
        assertThat(counted(platform, "maintenance", String.valueOf(status))).isEqualTo(before + asked);
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(calls(platform)).as("nothing is repeated at once").hasSize(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, 429, X-RateLimit-Reset",
        "datadog, 503, Retry-After",
        "servicenow, 429, Retry-After",
        "servicenow, 503, Retry-After",
        "pagerduty, 429, ratelimit-reset",
        "pagerduty, 429, Retry-After"
    })
    void hearsHowLongToWait(String platform, int status, String header) {
        sandbox.fault(platform, "*").status(status).header(header, "7").inject();

        assertThat(refused(platform).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({"datadog", "servicenow", "pagerduty"})
    void waitsNoLongerThanAnHour(String platform) {
        sandbox.fault(platform, "*").status(429).header("Retry-After", "999999").inject();

        assertThat(refused(platform).retryAfter()).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void doesNotMistakeADateForSeconds(String platform) {
        sandbox.fault(platform, "*")
                .status(503)
                .header("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT")
                .inject();

        assertThat(refused(platform).kind()).isEqualTo(Kind.WILL_HEAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void knowsNotWhatBecameOfAWriteThatWasCutOff(String platform) {
        sandbox.fault(platform, "*").reset().always().inject();
        var before = counted(platform, "open", "unknown-outcome");

        var failure = failure(step(incident(), platform, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(counted(platform, "open", "unknown-outcome")).isEqualTo(before + 1);
        assertThat(calls(platform)).as("nothing is repeated at once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void givesUpOnAPlatformThatHangs(String platform) {
        sandbox.fault(platform, "*").hang().always().inject();
        var began = System.nanoTime();

        var failure = failure(step(incident(), platform, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIMEOUT.multipliedBy(3));
        assertThat(calls(platform)).hasSize(1);
        sandbox.clearFaults();
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void doesNotTakeAPageForPeopleForAnAnswer(String platform) {
        sandbox.fault(platform, "*")
                .status(200)
                .header("Content-Type", "text/html")
                .body("<html><body>Your instance is hibernating</body></html>")
                .inject();

        assertThat(refused(platform).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void followsNoRedirect(String platform) {
        sandbox.fault(platform, "*")
                .status(302)
                .header("Location", sandbox.url() + "/login")
                .inject();

        assertThat(refused(platform).kind()).isEqualTo(Kind.WILL_HEAL);
        assertThat(sandbox.counts().path("total").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void hearsThatItsCredentialsAreWrong(String platform) {
        sandbox.settings(Map.of(
                "credentials",
                Map.of("datadog.appKey", "other", "servicenow.password", "other", "pagerduty.token", "other")));

        assertThat(refused(platform).kind()).isEqualTo(Kind.DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void makesNoCallThatWouldOutliveItsAttempt(String platform) {
        // Given a step that waited too long for its turn
        var open = step(incident(), platform, "incident", Operation.OPEN);
        var late = new StepRun(open, JsonNodeFactory.instance.objectNode(), "", System.nanoTime() - 1);

        // When
        var exchange = template.request("direct:" + platform + "-probe", asked -> asked.setProperty("run", late));

        // Then
        assertThat(FailureClassifier.ofException(platform, exchange.getException())
                        .kind())
                .isEqualTo(Kind.NOT_STARTED);
        assertThat(calls(platform)).isEmpty();
    }

    @Test
    void doesNotWaitForAnotherPlatform() {
        // Given a platform that hangs with all its threads taken
        sandbox.fault("datadog", "*").hang().always().inject();
        var hanging = IntStream.range(0, settings("datadog").concurrency())
                .mapToObj(any -> template.asyncSend("direct:datadog-probe", exchange -> {}))
                .toArray(CompletableFuture[]::new);

        // When
        var began = System.nanoTime();
        var answer = probe("pagerduty");

        // Then
        assertThat(answer.getException()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIMEOUT);
        sandbox.clearFaults();
        // Or they would still be calling in the next test.
        CompletableFuture.allOf(hanging).join();
    }
}
