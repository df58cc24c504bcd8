package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.testing.Chat;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** PagerDuty refuses the hub's credentials: people hear of P1s by a chat, a mail and the Events API, once of each although there are two hubs. */
class FallbackIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(
                    new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withPerMethodLifecycle(false);

    private static Chat chat;
    private static Rig rig;
    private static HubProcess one;
    private static HubProcess other;

    @BeforeAll
    static void start() {
        chat = new Chat();
        rig = Rig.start("FallbackIT");
        one = hub();
        other = hub();
        one.awaitReady();
        other.awaitReady();
    }

    private static HubProcess hub() {
        return rig.hub()
                .env("FUSION_PAGE_DEADLINE", "2s")
                .env("FUSION_PROBE", "1s")
                .env("FUSION_FALLBACK_WEBHOOK_URL", chat.url())
                .env("FUSION_FALLBACK_MAIL_HOST", "127.0.0.1")
                .env("FUSION_FALLBACK_MAIL_PORT", String.valueOf(MAIL.getSmtp().getPort()))
                .env("FUSION_FALLBACK_MAIL_TLS", "none")
                .env("FUSION_FALLBACK_MAIL_FROM", "fusion@example.org")
                .env("FUSION_FALLBACK_MAIL_TO", "on-call@example.org")
                .env("FUSION_FALLBACK_EVENTS_URL", rig.platforms().url("pagerduty") + "/v2/enqueue")
                .env("FUSION_FALLBACK_EVENTS_KEY", "sandbox0routing0key0000000000000")
                .start();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        rig.close();
        chat.close();
    }

    @Test
    void tellsOnceOfWhatCannotBePaged() throws Exception {
        // Given
        rig.platforms().settings(Map.of("credentials", Map.of("pagerduty.token", "another")));

        // When
        var titles = rig.publishAll("unpaged", 3);

        // Then
        await().atMost(LIMIT).until(() -> told().size() >= 3 && alerts().size() == 3 && mails() >= 3);
        await().during(Duration.ofSeconds(3)).atMost(LIMIT).untilAsserted(() -> {
            assertThat(told()).containsExactlyInAnyOrderElementsOf(titles);
            assertThat(alerts())
                    .allSatisfy(
                            alert -> assertThat(alert.path("events").asInt()).isEqualTo(1));
            assertThat(mails()).isEqualTo(3);
        });
        var first = chat.posts().get(0).body();
        assertThat(first.path("reason").asText()).startsWith("pagerduty is paused");
        assertThat(first.path("incidents").path(0).path("references").findValuesAsText("platform"))
                .contains("servicenow", "datadog");
        assertThat(MAIL.getReceivedMessages()[0].getSubject()).startsWith("[Fusion Hub] Nobody is paged for P1 ");

        // When the page can be made again, nobody hears of it twice
        rig.platforms().settings(Map.of("credentials", Map.of("pagerduty.token", "sandbox-token")));
        rig.awaitSettled(titles, Duration.ofSeconds(90));
        assertThat(told()).hasSize(3);
        assertThat(mails()).isEqualTo(3);
    }

    private static List<String> told() {
        return chat.posts().stream()
                .flatMap(post ->
                        StreamSupport.stream(post.body().path("incidents").spliterator(), false))
                .map(incident -> incident.path("title").asText())
                .toList();
    }

    private static List<JsonNode> alerts() {
        return StreamSupport.stream(rig.platforms().records().path("pagerduty").spliterator(), false)
                .filter(record -> record.path("kind").asText().equals("alert"))
                .toList();
    }

    private static int mails() {
        return MAIL.getReceivedMessages().length;
    }
}
