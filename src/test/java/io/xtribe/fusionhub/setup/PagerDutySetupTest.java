package io.xtribe.fusionhub.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.openapi.VendorOperations;

import static org.assertj.core.api.Assertions.assertThat;

@VendorOperations(
        platform = "pagerduty",
        value = {"createWebhookSubscription", "listWebhookSubscriptions", "updateWebhookSubscription"})
class PagerDutySetupTest extends SetupTest {
    private static final String ENDPOINT = HUB + "/webhooks/pagerduty";
    private static final Map<String, String> WITH_SECRET = Map.of("fusion.webhooks.pagerduty.secret", "theirs");

    @TempDir
    Path folder;

    private Outcome apply(Map<String, String> settings, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--platform=pagerduty", "--url=" + HUB, "--apply"));
        arguments.addAll(List.of(more));
        return run(settings, arguments.toArray(String[]::new));
    }

    private Path create() throws Exception {
        var file = folder.resolve("secret");
        assertThat(apply(Map.of(), "--secret-file=" + file).exit()).isZero();
        return file;
    }

    private static JsonNode subscriptions() throws Exception {
        return pagerDuty("/webhook_subscriptions").path("webhook_subscriptions");
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() throws Exception {
        var outcome = run("--platform=pagerduty", "--url=" + HUB);

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .startsWith("Would create a webhook subscription to " + ENDPOINT)
                .contains("--secret-file", "Nothing was changed");
        assertThat(writes()).isZero();
    }

    @Test
    void createsASubscriptionAndKeepsItsSecretForTheOwnerOnly() throws Exception {
        var file = folder.resolve("secret");

        var outcome = apply(Map.of(), "--secret-file=" + file);

        assertThat(outcome.exit()).isZero();
        var made = subscriptions().get(0);
        assertThat(made.at("/delivery_method/url").asText()).isEqualTo(ENDPOINT);
        assertThat(made.at("/filter/type").asText()).isEqualTo("account_reference");
        assertThat(made.path("active").asBoolean()).isFalse();
        var secret = Files.readString(file).strip();
        assertThat(secret).hasSizeGreaterThan(16);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(outcome.out())
                .contains(made.path("id").asText(), file.toString(), "FUSION_WEBHOOKS_PAGERDUTY_SECRET")
                .doesNotContain(secret);
        assertThat(outcome.err()).isEmpty();
    }

    /** It is told once, so nothing is created before it is known where to put it. */
    @Test
    void createsNothingWithoutAPlaceForTheSecret() throws Exception {
        var taken = Files.writeString(folder.resolve("taken"), "another secret");

        var none = apply(Map.of());
        var there = apply(Map.of(), "--secret-file=" + taken);
        var nowhere = apply(Map.of(), "--secret-file=" + folder.resolve("no/such/folder"));

        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("--secret-file");
        assertThat(there.err()).contains(taken.toString(), "is there already");
        assertThat(nowhere.err()).contains("no/such/folder");
        assertThat(taken).hasContent("another secret");
        assertThat(writes()).isZero();
    }

    @Test
    void activatesItOnceTheSecretIsConfigured() throws Exception {
        create();

        var waiting = apply(Map.of());
        assertThat(waiting.out()).startsWith("Nothing to do").contains("stays inactive");
        var activated = apply(WITH_SECRET);

        assertThat(activated.out())
                .startsWith("Done: update the webhook subscription")
                .contains(": active");
        assertThat(subscriptions().get(0).path("active").asBoolean()).isTrue();
        int before = writes();
        assertThat(apply(WITH_SECRET).out()).isEqualTo("Nothing to do at pagerduty.\n");
        assertThat(writes()).isEqualTo(before);
        assertThat(subscriptions()).hasSize(1);
    }

    @Test
    void mendsEventsAndScopeAndLeavesMoreEventsAlone() throws Exception {
        create();
        apply(WITH_SECRET);
        var path = "/webhook_subscriptions/" + subscriptions().get(0).path("id").asText();
        write("pagerduty", "PUT", path, """
                {"webhook_subscription":{"events":["incident.triggered","incident.delegated"],
                  "filter":{"type":"service_reference","id":"PCHECKOUT"}}}""");

        var outcome = apply(WITH_SECRET);

        assertThat(outcome.out()).contains(": events, scope, the whole account (was service_reference PCHECKOUT)");
        var mended = subscriptions().get(0);
        var events = new TreeSet<String>();
        mended.path("events").forEach(event -> events.add(event.asText()));
        assertThat(events).containsAll(PagerDutySetup.EVENTS).contains("incident.delegated");
        assertThat(apply(WITH_SECRET).out()).startsWith("Nothing to do");
    }

    @Test
    void subscribesToAllThatTheMappingUnderstands() throws Exception {
        var mapping = Files.readString(Path.of("src/main/resources/routes/platforms/pagerduty/signal.jq"));
        var understood = Pattern.compile("\"(incident\\.\\w+)\": \"")
                .matcher(mapping)
                .results()
                .map(event -> event.group(1))
                .toList();

        assertThat(PagerDutySetup.EVENTS).containsExactlyInAnyOrderElementsOf(understood);
    }

    /** Also behind more subscriptions than a page holds. */
    @Test
    void findsItsOwnAmongOthers() throws Exception {
        for (int number = 1; number <= 101; number++) {
            subscribe("https://other.example/" + number);
        }
        subscribe(ENDPOINT);

        var outcome = apply(WITH_SECRET);

        assertThat(outcome.out()).contains("events").doesNotContain("create a webhook");
        assertThat(writes()).isEqualTo(103);
    }

    @Test
    void tellsOfASecondOneToTheSameEndpoint() throws Exception {
        subscribe(ENDPOINT);
        subscribe(ENDPOINT);

        var second = subscriptions().get(1).path("id").asText();

        assertThat(apply(WITH_SECRET).out()).contains("Subscription " + second + " posts to the same address");
    }

    private static void subscribe(String url) throws Exception {
        write("pagerduty", "POST", "/webhook_subscriptions", """
                {"webhook_subscription":{"type":"webhook_subscription","events":["incident.triggered"],
                  "delivery_method":{"type":"http_delivery_method","url":"%s"},
                  "filter":{"type":"account_reference"}}}""".formatted(url));
    }
}
