package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** ServiceNow over OAuth, by the password grant. */
@VendorOperations(
        platform = "servicenow",
        value = {"createIncident", "createOAuthToken"})
class ServiceNowTokenRouteTest extends PlatformRouteTest {

    static final String SERVICENOW = "servicenow";

    @Override
    List<String> routeFiles() {
        return callsOf("servicenow");
    }

    @Override
    Map<String, String> settings() {
        return Map.of(
                "fusion.servicenow.client-id", "sandbox-client",
                "fusion.servicenow.client-secret", "sandbox-client-secret",
                "fusion.servicenow.timeout", "2s");
    }

    static Step opening() {
        return step(incident(), SERVICENOW, "incident", Operation.OPEN);
    }

    @Test
    void asksForOneTokenAndUsesItForEveryCall() {
        run(opening());
        run(opening());

        assertThat(calls(SERVICENOW)).containsExactly("token", "create-incident", "create-incident");
    }

    @Test
    void asksForAnotherWhenTheTokenWasRevoked() {
        run(opening());
        sandbox.reset();

        run(opening());
        run(opening());

        assertThat(calls(SERVICENOW)).containsExactly("create-incident", "token", "create-incident", "create-incident");
        assertThat(records(SERVICENOW, "incident")).hasSize(2);
    }

    @Test
    void isNotLetInWithAWrongSecret() {
        sandbox.settings(Map.of("credentials", Map.of("servicenow.clientSecret", "other")));

        var failure = failure(opening());

        assertThat(failure.kind()).isEqualTo(Kind.ACCOUNT);
        assertThat(failure.getMessage()).contains("OAuth", "401").doesNotContain("sandbox-client-secret");
        assertThat(calls(SERVICENOW)).containsExactly("token");
    }

    @Test
    void waitsAsLongAsItIsAsked() {
        sandbox.fault(SERVICENOW, "token")
                .status(503)
                .header("Retry-After", "7")
                .inject();

        var failure = failure(opening());

        assertThat(failure.kind()).isEqualTo(Kind.WILL_HEAL);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void waitsUntilTheDateThatItIsTold() {
        sandbox.fault(SERVICENOW, "token")
                .status(503)
                .header(
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(40)))
                .inject();

        var failure = failure(opening());

        assertThat(failure.kind()).isEqualTo(Kind.WILL_HEAL);
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(41));
    }

    @Test
    void aTokenThatIsRedirectedSaysNothingOfTheTitle() {
        sandbox.fault(SERVICENOW, "token").status(302).always().inject();

        var failure = failure(opening());

        assertThat(failure.kind()).isEqualTo(Kind.WILL_HEAL);
        assertThat(failure.getMessage()).contains("OAuth token", "302");
        assertThat(calls(SERVICENOW)).containsExactly("token");
    }

    @Test
    void knowsThatNothingWasWrittenWhenTheTokenDoesNotCome() {
        sandbox.fault(SERVICENOW, "token").hang().always().inject();

        assertThat(failure(opening()).kind()).isEqualTo(Kind.WILL_HEAL);

        assertThat(calls(SERVICENOW)).containsExactly("token");
        sandbox.clearFaults();
    }
}
