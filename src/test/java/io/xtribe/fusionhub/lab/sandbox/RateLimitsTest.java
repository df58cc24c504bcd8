package io.xtribe.fusionhub.lab.sandbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.SandboxCaller.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The sandbox limits calls as each vendor does. */
class RateLimitsTest extends SandboxFixture {

    /** The first request of a JVM may take longer than the caller waits. */
    private void limit(String platform, int calls) {
        String limits = "{\"limits\":{\"" + platform + "\":{\"calls\":" + calls + ",\"seconds\":86400}}}";
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> caller.control("PATCH", "/settings", limits).status() == 200);
    }

    @Test
    void pagerDutyLimitsAKeyAndTellsWhatIsLeft() {
        limit("pagerduty", 2);
        Reply first = caller.page("fx-1", "");
        assertThat(header(first, "ratelimit-limit")).isEqualTo("2");
        assertThat(header(first, "ratelimit-remaining")).isEqualTo("1");
        assertThat(Integer.parseInt(header(first, "ratelimit-reset"))).isPositive();
        assertThat(caller.pagerDuty("GET", "/priorities", null).status()).isEqualTo(200);

        Reply refused = caller.page("fx-2", "");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("/error/code")).isEqualTo("2020");
        assertThat(header(refused, "ratelimit-remaining")).isEqualTo("0");
        assertThat(header(refused, "Retry-After")).isEmpty();
        limit("pagerduty", 3);
        assertThat(caller.page("fx-2", "").status()).isEqualTo(201);
    }

    @Test
    void datadogLimitsEachEndpoint() {
        limit("datadog", 1);
        caller.createCase("one", "fx-1");
        Reply other = caller.createDatadogIncident("one", "fx-1");
        assertThat(other.status()).isEqualTo(201);
        assertThat(header(other, "X-RateLimit-Name")).isEqualTo("create-incident");
        assertThat(header(other, "X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(header(other, "X-RateLimit-Period")).isEqualTo("86400");

        assertThat(caller.createDatadogIncident("two", "fx-2").status()).isEqualTo(429);
    }

    @Test
    void serviceNowTellsTheEndOfItsHourAndHowLongToWait() {
        limit("servicenow", 1);
        Reply first = caller.serviceNow("GET", "/api/now/table/incident?sysparm_limit=1", null);
        assertThat(header(first, "X-RateLimit-Limit")).isEqualTo("1");
        assertThat(header(first, "X-RateLimit-Remaining")).isEmpty();
        assertThat(Long.parseLong(header(first, "X-RateLimit-Reset"))).isGreaterThan(System.currentTimeMillis() / 1000);
        assertThat(header(first, "Retry-After")).isEmpty();

        Reply refused = caller.serviceNow("GET", "/api/now/table/incident?sysparm_limit=1", null);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isPositive();
    }

    @Test
    void limitsNobodyUnlessAsked() {
        Reply free = caller.page("fx-1", "");
        assertThat(header(free, "ratelimit-limit")).isEmpty();
        limit("pagerduty", 1);
        caller.page("fx-2", "");
        caller.control("POST", "/reset", null);
        assertThat(caller.page("fx-3", "").status()).isEqualTo(201);
    }

    private static String header(Reply reply, String name) {
        return reply.response().headers().firstValue(name).orElse("");
    }
}
