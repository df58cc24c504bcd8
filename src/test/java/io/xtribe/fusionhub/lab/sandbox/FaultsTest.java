package io.xtribe.fusionhub.lab.sandbox;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.lab.sandbox.SandboxCaller.Reply;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class FaultsTest {
    private Sandbox sandbox;
    private SandboxCaller caller;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        caller = new SandboxCaller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void plan(String kind, String more) {
        Reply planned = caller.control(
                "POST",
                "/faults",
                "{\"platform\":\"pagerduty\",\"operation\":\"create-incident\",\"kind\":\"" + kind + "\"" + more + "}");
        assertThat(planned.status()).isEqualTo(201);
    }

    private void createFails() {
        assertThatThrownBy(() -> caller.reply(
                        "POST",
                        "/pagerduty/incidents",
                        SandboxCaller.pagerDutyHeaders(),
                        "{\"incident\":{\"type\":\"incident\",\"title\":\"t\",\"incident_key\":\"fx-1\","
                                + "\"service\":{\"id\":\"PSANDBOX1\",\"type\":\"service_reference\"}}}"))
                .isInstanceOf(IOException.class);
    }

    private int records() {
        return caller.control("GET", "/records", null).body().path("pagerduty").size();
    }

    @Test
    void statusAnswersTheVendorsErrorAsOftenAsPlanned() {
        plan("status", ",\"status\":429,\"headers\":{\"ratelimit-reset\":\"2\"}");
        Reply refused = caller.page("fx-1", "");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("/error/code")).isEqualTo("2020");
        assertThat(refused.response().headers().firstValue("ratelimit-reset")).contains("2");
        assertThat(records()).isZero();
        assertThat(caller.page("fx-1", "").status()).isEqualTo(201);
    }

    @Test
    void resetClosesBeforeAnyChange() {
        plan("reset", ",\"times\":-1");
        createFails();
        assertThat(records()).isZero();
        caller.control("DELETE", "/faults", null);
        assertThat(caller.page("fx-1", "").status()).isEqualTo(201);
    }

    @Test
    void dropCommitsButDoesNotAnswer() {
        // The JDK client repeats nothing that is not idempotent, so one record proves one commit.
        plan("drop", "");
        createFails();
        assertThat(records()).isEqualTo(1);
        assertThat(caller.page("fx-1", "").text("/error/code")).isEqualTo("2002");
    }

    @Test
    void hangNeverAnswersUntilFaultsAreCleared() {
        plan("hang", "");
        Thread client = new Thread(this::createFails);
        client.start();
        await().atMost(Duration.ofSeconds(1))
                .until(() -> caller.control("GET", "/calls", null).body().size() == 1);
        caller.control("DELETE", "/faults", null);
        await().atMost(Duration.ofSeconds(1)).until(() -> !client.isAlive());
        assertThat(records()).isZero();
        assertThat(caller.control("GET", "/calls", null)
                        .body()
                        .at("/0/answeredAt")
                        .isNull())
                .isTrue();
    }

    @Test
    void lateCommitsAfterTheClientHasGone() {
        plan("late", ",\"seconds\":2.3");
        createFails();
        assertThat(records()).isZero();
        await().atMost(Duration.ofSeconds(3)).until(() -> records() == 1);
    }

    @Test
    void latencyDelaysTheAnswer() {
        caller.control("PATCH", "/settings", "{\"latencyMs\":{\"pagerduty\":150}}");
        long started = System.nanoTime();
        caller.page("fx-1", "");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void refusesSenselessFault() {
        Reply refused = caller.control("POST", "/faults", "{\"platform\":\"jira\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error")).startsWith("platform:");
    }
}
