package io.xtribe.fusionhub.explain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.catalogue.Catalogue;
import io.xtribe.fusionhub.explain.Explanation.RequestTold;
import io.xtribe.fusionhub.explain.Explanation.StepTold;
import io.xtribe.fusionhub.intake.Brake;
import io.xtribe.fusionhub.intake.Envelopes;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.testing.TestConfig;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RehearsalTest {

    private static final List<String> PLATFORMS = List.of("datadog", "servicenow", "pagerduty");
    private static final Properties SETTINGS = settings();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Platforms platforms = platforms();
    private Rehearsal rehearsal;

    private static Properties settings() {
        var settings = new Properties();
        try (var in = RehearsalTest.class.getResourceAsStream("/application.properties")) {
            settings.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        settings.setProperty("fusion.datadog.api-key", "secret-api-key");
        settings.setProperty("fusion.datadog.app-key", "secret-app-key");
        settings.setProperty("fusion.datadog.project-id", "project");
        settings.setProperty("fusion.servicenow.url", "https://acme.service-now.example");
        settings.setProperty("fusion.servicenow.username", "hub");
        settings.setProperty("fusion.servicenow.password", "secret-password");
        settings.setProperty("fusion.pagerduty.token", "secret-token");
        settings.setProperty("fusion.pagerduty.from", "hub@example.com");
        settings.setProperty("fusion.pagerduty.service-id", "PSERVICE");
        return settings;
    }

    private static Platforms platforms() {
        var values = TestConfig.values(SETTINGS);
        var all = new LinkedHashMap<String, Platform>();
        PLATFORMS.forEach(name ->
                all.put(name, Platform.find(name, Optional.empty(), values).orElseThrow()));
        return Platforms.of(all, Map.of());
    }

    private Rehearsal open(Map<String, Path> routeFiles) {
        rehearsal = new Rehearsal(
                new Rehearsal.Version(platforms, routeFiles),
                new Rehearsal.Hub(
                        TestConfig.of(SETTINGS),
                        TestConfig.values(SETTINGS),
                        Set.of(),
                        name -> Optional.empty(),
                        Brake.NONE,
                        new OptionalFeatures(),
                        (transport, request) -> request,
                        Optional.of(id -> false)),
                Known.NOTHING);
        return rehearsal;
    }

    @AfterEach
    void close() {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    private byte[] webhook(String source, String body) {
        return new Envelopes(Catalogue.EMPTY, platforms)
                .ofWebhook(source, body.getBytes(StandardCharsets.UTF_8), Instant.now(), remark -> {});
    }

    private Explanation explained(String file) {
        return explained(file.substring(0, file.indexOf('/')), Webhooks.fresh(file));
    }

    private Explanation explained(String source, String body) {
        return rehearsal.explain(webhook(source, body), Instant.now());
    }

    private Explanation recorded(String file, String at) {
        return rehearsal.explain(webhook("datadog", Webhooks.body("datadog/" + file)), Instant.parse(at));
    }

    private static List<StepTold> steps(Explanation told) {
        return told.rounds().stream().flatMap(round -> round.steps().stream()).toList();
    }

    @Test
    void theLifeOfAnIncidentIsToldToItsEndWherePlatformsHaveACaseForEachStep() {
        open(Map.of());

        var opened = recorded("monitor-triggered-p1", "2026-01-31T12:00:30Z");
        assertThat(opened.decision().outcome()).isEqualTo("opened");
        assertThat(opened.decision().rule()).isEqualTo("first-sign");
        assertThat(steps(opened)).extracting(StepTold::operation).contains("open", "link");
        assertToldToItsEnd(opened);
        assertThat(opened.before()).isNull();

        var again = recorded("monitor-renotify", "2026-01-31T12:10:30Z");
        assertThat(again.incident()).isEqualTo(opened.incident());
        assertThat(again.before()).isEqualTo(opened.end());

        var over = recorded("monitor-recovered", "2026-01-31T12:20:30Z");
        assertThat(over.decision().outcome()).isEqualTo("applied");
        assertThat(steps(over)).extracting(StepTold::operation).containsOnly("update");
        assertToldToItsEnd(over);
    }

    @Test
    void whatBeginsOnEachPlatformIsToldToItsEnd() {
        for (var sign :
                List.of("servicenow/created-p1", "pagerduty/triggered-p1-manual", "datadog/incident-declared-sev1")) {
            try (var fresh = open(Map.of())) {
                var told = explained(sign);
                assertThat(told.decision().outcome()).as(sign).isEqualTo("opened");
                assertToldToItsEnd(told);
            }
        }
    }

    private static void assertToldToItsEnd(Explanation told) {
        assertThat(steps(told)).isNotEmpty().allSatisfy(step -> {
            assertThat(step.outcome()).as("%s", step).isEqualTo("ok");
            assertThat(step.requests()).isNotEmpty().allSatisfy(request -> assertThat(
                            request.answer().assumedFrom())
                    .startsWith(step.platform() + "/cases/"));
        });
        assertThat(told.settled()).isTrue();
    }

    @Test
    void anAnswerTellsOfTheRequestThatWasMade() {
        open(Map.of());
        var page = steps(explained("datadog/monitor-triggered-p1")).stream()
                .filter(step -> step.route().equals("pagerduty-open"))
                .findFirst()
                .orElseThrow();
        var answer = page.requests().get(0).answer().body();
        assertThat(answer.at("/incident/incident_key"))
                .isEqualTo(page.requests().get(0).body().at("/incident/incident_key"));
    }

    @Test
    void headersAreToldWithoutTheirSecrets() {
        open(Map.of());
        assertThat(steps(explained("datadog/monitor-triggered-p1")))
                .flatExtracting(StepTold::requests)
                .extracting(RequestTold::headers)
                .allSatisfy(headers ->
                        assertThat(headers.toString()).contains("***").doesNotContain("secret"));
    }

    @Test
    void noiseIsToldWithItsReasonAndIsNotRead() {
        open(Map.of());
        var told = explained("datadog/monitor-triggered-p3");
        assertThat(told.decision().outcome()).isEqualTo("noise");
        assertThat(told.decision().reason()).isEqualTo("priority P3 does not open");
        assertThat(told.rounds()).isEmpty();
        assertThat(told.observation()).isNull();
    }

    @Test
    void whatIsTooOldIsADeadLetter() {
        open(Map.of());
        var told = explained("datadog", Webhooks.body("datadog/monitor-triggered-p1"));
        assertThat(told.decision().outcome()).isEqualTo("dead-letter");
        assertThat(told.decision().rule()).isEqualTo("expired");
        assertThat(told.decision().remedy()).isNotEmpty();
    }

    @Test
    void anOldSignIsHeardAtTheTimeOfItsOwn() {
        open(Map.of());
        var then = Instant.parse("2026-01-31T12:00:30Z");
        var told = rehearsal.explain(webhook("datadog", Webhooks.body("datadog/monitor-triggered-p1")), then);
        assertThat(told.at()).isEqualTo(then);
        assertThat(told.decision().outcome()).isEqualTo("opened");
    }

    @Test
    void anUnknownSourceIsADeadLetterOfThatClass() throws IOException {
        open(Map.of());
        var event = (ObjectNode) JSON.readTree(webhook("datadog", "{}"));
        var told = rehearsal.explain(JSON.writeValueAsBytes(event.put("source", "/acme")), Instant.now());
        assertThat(told.decision().rule()).isEqualTo("unknown-source");
    }

    @Test
    void aRouteThatReachesOutsideIsRefusedByName(@TempDir Path folder) throws IOException {
        var text = new String(
                RehearsalTest.class
                        .getResourceAsStream("/routes/links.camel.yaml")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        var file = Files.writeString(
                folder.resolve("links.camel.yaml"),
                text.replaceFirst(
                        "      steps:\n", "      steps:\n        - to:\n            uri: http:example.com\n"));
        assertThatThrownBy(() -> open(Map.of("links.camel.yaml", file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a route uses http");
    }

    @Test
    void listsOfTheHubStayAsTheyAre() {
        var platform = platforms.find("pagerduty").orElseThrow();
        platform.apart().lists().assume("priorities", JSON.createObjectNode());
        assertThat(platform.unreadLists()).contains("priorities");
    }
}
