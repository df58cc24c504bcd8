package io.xtribe.fusionhub.it;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.HubProcess.Builder;
import io.xtribe.fusionhub.testing.SandboxClient;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A wrong configuration ends the start at once, with one message: which key, which value, what to do. */
class ConfigurationIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TAKE_OUT = ", or take its platform out of fusion.platforms";
    private static final String ADD_FOLDER =
            ", or put a folder of that name, with a platform.yaml in it, below fusion.platforms-path, which is not set";

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                variable("FUSION_DATADOG_API_KEY", "", missing("fusion.datadog.api-key", "FUSION_DATADOG_API_KEY")),
                variable("FUSION_SERVICENOW_URL", "", missing("fusion.servicenow.url", "FUSION_SERVICENOW_URL")),
                variable(
                        "FUSION_SERVICENOW_CLIENT_ID",
                        "hub",
                        missing("fusion.servicenow.client-secret", "FUSION_SERVICENOW_CLIENT_SECRET")),
                variable("FUSION_PAGERDUTY_TOKEN", "", missing("fusion.pagerduty.token", "FUSION_PAGERDUTY_TOKEN")),
                variable(
                        "FUSION_SERVICENOW_URL",
                        "http://bad host",
                        "fusion.servicenow.url is 'http://bad host': use a URL that begins with http:// or https://"
                                + " and names a host"),
                variable(
                        "FUSION_DATADOG_URL",
                        "api.datadoghq.com",
                        "fusion.datadog.url is 'api.datadoghq.com': use a URL that begins with http:// or https://"
                                + " and names a host"),
                variable(
                        "FUSION_NATS_URL",
                        "nats://user:hunter2@bad host",
                        "fusion.nats.url is 'nats://***@bad host': use a URL that begins with nats:// or tls://"
                                + " and names a host"),
                variable(
                        "FUSION_PLATFORMS",
                        "datadog,jira",
                        "fusion.platforms holds 'jira': use datadog, pagerduty, servicenow" + ADD_FOLDER),
                variable(
                        "FUSION_PRIORITIES",
                        "P1,Sev2",
                        "fusion.priorities holds 'Sev2': use P1 to P5, separated by commas"),
                variable(
                        "FUSION_TRIGGERS_SOURCES",
                        "servicenow,email",
                        "fusion.triggers.sources holds 'email': use datadog.incident, datadog.monitor, pagerduty.manual,"
                                + " pagerduty.service, servicenow"),
                variable(
                        "FUSION_CATALOGUE",
                        "/no/services.csv",
                        "fusion.catalogue is '/no/services.csv': there is no such file"),
                variable(
                        "FUSION_NATS_CREDENTIALS",
                        "/no/hub.creds",
                        "fusion.nats.credentials is '/no/hub.creds': there is no such file: name a file as 'nsc generate"
                                + " creds' writes it"),
                variable(
                        "FUSION_NATS_CREDENTIALS",
                        "src",
                        "fusion.nats.credentials is 'src': it is a folder: name a file as 'nsc generate creds' writes it"),
                variable(
                        "FUSION_NATS_TLS_TRUST_STORE",
                        "/no/trust.p12",
                        "fusion.nats.tls.trust-store is '/no/trust.p12': there is no such file: name a PKCS12 or JKS"
                                + " file"),
                variable("FUSION_MODE", "obsrve", "fusion.mode is 'obsrve': use one of sync, observe"),
                variable(
                        "FUSION_CONVERGE_LEASE",
                        "half a minute",
                        "fusion.converge.lease is 'half a minute': use a duration such as 500ms, 30s, 5m or 1h"),
                variable(
                        "FUSION_PAGERDUTY_CONCURRENCY",
                        "many",
                        "fusion.pagerduty.concurrency is 'many': use a whole number"),
                variable(
                        "FUSION_CONVERGE_LEASES",
                        "30s",
                        "environment variable FUSION_CONVERGE_LEASES is no key of the hub: remove it or correct its"
                                + " spelling; the nearest is fusion.converge.lease"),
                variable(
                        "FUSION_WEBHOOKS_JIRA_SECRET",
                        "hunter2",
                        "fusion.webhooks.jira.secret is for an unknown source: use datadog, pagerduty, servicenow"),
                property(
                        "fusion.pagerduty.sevice-id",
                        "P1",
                        "fusion.pagerduty.sevice-id is no key of the hub: remove it or correct its spelling; the nearest"
                                + " is fusion.pagerduty.service-id"),
                property(
                        "fusion.page-deadline",
                        "soon",
                        "fusion.page-deadline is 'soon': use a duration such as 500ms, 30s, 5m or 1h"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void endsTheStartWithOneMessage(String name, UnaryOperator<Builder> mistake, String problem) {
        try (HubProcess hub = mistake.apply(settings()).start()) {
            assertThat(hub.awaitExit(LIMIT)).isNotZero();
            assertThat(hub.log().strip()).isEqualTo("Fusion Hub did not start.\n- " + problem);
            assertThat(hub.log()).doesNotContain("hunter2");
            assertPortsFree(hub);
        }
    }

    @Test
    void allProblemsAtOnce() {
        try (HubProcess hub = settings()
                .env("FUSION_PLATFORMS", "datadog,servicenow,opsgenie")
                .env("FUSION_PRIORITIES", "P0")
                .env("FUSION_DATADOG_APP_KEY", "")
                .start()) {
            assertThat(hub.awaitExit(LIMIT)).isNotZero();
            assertThat(hub.log().lines())
                    .containsExactly(
                            "Fusion Hub did not start.",
                            "- fusion.priorities holds 'P0': use P1 to P5, separated by commas",
                            "- fusion.platforms holds 'opsgenie': use datadog, pagerduty, servicenow" + ADD_FOLDER,
                            "- " + missing("fusion.datadog.app-key", "FUSION_DATADOG_APP_KEY"));
        }
    }

    /** What Kubernetes sets for a service called fusion-hub, and what bin/fusion reads, is no mistake. */
    @Test
    void foreignVariablesAreNoMistake() {
        try (FaultRig rig = FaultRig.start(
                "ConfigurationIT-foreign", settings -> settings.env("FUSION_HUB_SERVICE_HOST", "10.0.0.1")
                        .env("FUSION_HUB_SERVICE_PORT", "8080")
                        .env("FUSION_HUB_SERVICE_PORT_HTTP", "8080")
                        .env("FUSION_HUB_PORT", "tcp://10.0.0.1:8080")
                        .env("FUSION_HUB_PORT_8080_TCP", "tcp://10.0.0.1:8080")
                        .env("FUSION_HUB_PORT_8080_TCP_ADDR", "10.0.0.1")
                        .env("FUSION_JAVA_HOME", "/usr/lib/jvm/x"))) {
            rig.warmUp();
        }
    }

    /** A platform that takes no part needs no settings. */
    @Test
    void twoPlatforms() {
        try (FaultRig rig =
                FaultRig.start("ConfigurationIT-two", settings -> settings.env("FUSION_PLATFORMS", "datadog,pagerduty")
                        .env("FUSION_WEBHOOKS_SERVICENOW_SECRET", "")
                        .env("FUSION_SERVICENOW_URL", "https://unset.invalid")
                        .env("FUSION_SERVICENOW_USERNAME", "")
                        .env("FUSION_SERVICENOW_PASSWORD", ""))) {
            rig.trigger("two platforms");
            await().atMost(LIMIT)
                    .until(() -> rig.awaitRow("two platforms").path("settled").asBoolean());
            assertThat(rig.ours(rig.id("two platforms"), PAGE)).hasSize(1);
            assertThat(rig.sandbox.calls("servicenow", null)).isEmpty();
        }
    }

    private static Builder settings() {
        return FaultRig.settings("ConfigurationIT", new SandboxClient(sandbox.url()))
                .nats("nats://127.0.0.1:1");
    }

    private static Arguments variable(String name, String value, String problem) {
        UnaryOperator<Builder> mistake = settings -> settings.env(name, value);
        return Arguments.of(name + "=" + value, mistake, problem);
    }

    private static Arguments property(String name, String value, String problem) {
        UnaryOperator<Builder> mistake = settings -> settings.jvmOption("-D" + name + "=" + value);
        return Arguments.of("-D" + name + "=" + value, mistake, problem);
    }

    private static String missing(String key, String variable) {
        return key + " is missing: set it, as environment variable " + variable + TAKE_OUT;
    }

    private static void assertPortsFree(HubProcess hub) {
        HttpClient client = HttpClient.newHttpClient();
        for (String url : new String[] {hub.url(), hub.managementUrl()}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
