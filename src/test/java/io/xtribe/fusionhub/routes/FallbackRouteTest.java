package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.KvIncidentStore;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.testing.Chat;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where nobody can be paged, people hear of it in another way: a real SMTP server, a real webhook, the sandbox's Events API. */
class FallbackRouteTest extends NatsRouteTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final String URL = "https://dev.service-now.com/incident/1";

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(
                    new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withPerMethodLifecycle(true);

    private final Chat chat = new Chat();
    private IncidentIndex index;

    @AfterEach
    void closeChat() {
        chat.close();
    }

    @Override
    List<String> routeFiles() {
        return List.of("error-handling.camel.yaml", "fallback.camel.yaml");
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.ofEntries(
                Map.entry("fusion.page-deadline", DEADLINE.toSeconds() + "s"),
                Map.entry("fusion.public-url", "https://fusion.example/"),
                Map.entry("fusion.fallback.webhook.url", chat.url()),
                Map.entry("fusion.fallback.webhook.token", "chat-token"),
                Map.entry("fusion.fallback.mail.host", "127.0.0.1"),
                Map.entry(
                        "fusion.fallback.mail.port",
                        String.valueOf(MAIL.getSmtp().getPort())),
                Map.entry("fusion.fallback.mail.tls", "none"),
                Map.entry("fusion.fallback.mail.from", "fusion@example.org"),
                Map.entry("fusion.fallback.mail.to", "on-call@example.org,lead@example.org"),
                Map.entry("fusion.fallback.events.url", sandbox.url("pagerduty") + "/v2/enqueue"),
                Map.entry("fusion.fallback.events.key", "sandbox0routing0key0000000000000"));
    }

    @Override
    String route() {
        return "fallback-watch";
    }

    @Override
    void prepare() throws Exception {
        index = beans.get(IncidentIndex.class);
        index.watch();
        AdviceWith.adviceWith(context, "fallback-watch", route -> route.replaceFromWith("direct:look-now"));
    }

    private void look() {
        template.sendBody("direct:look-now", null);
    }

    private static Incident incident(String id, String title) {
        return new IncidentBuilder()
                .from(Samples.newIncident(title, Priority.P1, Status.OPEN))
                .id(id)
                .build()
                .withReceivedAt(Instant.now())
                .withPart(
                        "servicenow",
                        "incident",
                        part -> part.withReference(new Reference("a1b2", "INC0010001", URL, false, true)))
                .withPart(
                        "pagerduty",
                        "incident",
                        part -> part.rejected(new Rejection("open", 400, "no such service", 1, Instant.now())));
    }

    private void knownForLong(Incident... incidents) {
        for (var incident : incidents) {
            store.create(incident);
            new KvIncidentStore(link).create(incident);
        }
        await().atMost(SOON).until(() -> Set.of(incidents).stream().allMatch(one -> index.knows(one.id())));
        await().pollDelay(DEADLINE.plusMillis(50)).until(() -> true);
    }

    private int posts() {
        return chat.posts().size();
    }

    private static int events() {
        return records("pagerduty", "alert").stream()
                .mapToInt(alert -> alert.path("events").asInt())
                .sum();
    }

    private Set<String> told(String id) {
        var way = store.get(id).secondWay();
        return way == null ? Set.of() : way.ways();
    }

    @Test
    void tellsOnceInEachWayWhatIsKnownAndWhere() throws Exception {
        // Given
        knownForLong(incident(Samples.ID, "Checkout is down"));

        // When
        look();
        look();

        // Then
        assertThat(posts()).isEqualTo(1);
        var post = chat.posts().get(0);
        assertThat(post.authorization()).isEqualTo("Bearer chat-token");
        assertThat(post.contentType()).isEqualTo("application/json");
        assertThat(post.body().path("reason").asText()).isEqualTo("no such service");
        var told = post.body().path("incidents").path(0);
        assertThat(told.path("correlationId").asText()).isEqualTo(Samples.ID);
        assertThat(told.path("references").path(0).path("url").asText()).isEqualTo(URL);
        var mails = MAIL.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getSubject()).isEqualTo("[Fusion Hub] Nobody is paged for P1 Checkout is down");
        assertThat(mails[0].getFrom()[0]).hasToString("fusion@example.org");
        assertThat(mails[0].getContent().toString())
                .contains("within 1 s: no such service")
                .contains("servicenow INC0010001 " + URL)
                .contains("https://fusion.example/incidents/" + Samples.ID);
        var alert = records("pagerduty", "alert").get(0);
        assertThat(alert.path("id").asText()).isEqualTo(Samples.ID);
        assertThat(alert.path("events").asInt()).isEqualTo(1);
        assertThat(alert.path("payload").path("summary").asText()).isEqualTo("Nobody is paged for P1 Checkout is down");
        assertThat(alert.path("links").path(0).path("href").asText()).isEqualTo(URL);
        assertThat(told(Samples.ID)).containsExactlyInAnyOrder("webhook", "mail", "events");
        assertThat(timeline.texts(Samples.ID)).contains("nobody was paged within 1 s: people were told by mail");
        assertThat(metrics.get("fusion.fallback").tag("outcome", "sent").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isEqualTo(1));
    }

    @Test
    void tellsNobodyOfWhatIsPagedOrOverMeanwhile() {
        // Given
        knownForLong(incident(Samples.ID, "Checkout is down"), incident("fx-over", "Search is slow"));
        store.change(Samples.ID, incident -> incident.pagedAt(Instant.now()));
        store.change("fx-over", incident -> incident.desiring(Status.RESOLVED, Priority.P1));

        // When
        look();

        // Then
        assertThat(posts()).isZero();
        assertThat(MAIL.getReceivedMessages()).isEmpty();
        assertThat(events()).isZero();
        assertThat(told(Samples.ID)).isEmpty();
    }

    /** An outage of the paging platform must not bring a mail for each of hundreds of incidents. */
    @Test
    void tellsOfManyInOneMessage() throws Exception {
        // Given
        beans.get(Availability.class).of("pagerduty").pause("401 Unauthorized");
        knownForLong(IntStream.range(0, 60)
                .mapToObj(number -> incident("fx-many-" + number, "Shop " + number + " is down"))
                .toArray(Incident[]::new));

        // When
        look();
        look();

        // Then
        assertThat(posts()).isEqualTo(1);
        assertThat(events()).isEqualTo(1);
        assertThat(MAIL.getReceivedMessages()).hasSize(2);
        assertThat(MAIL.getReceivedMessages()[0].getContent().toString())
                .contains("Nobody is paged for 60 incidents", "pagerduty is paused: 401 Unauthorized", "and 10 more");
        assertThat(IntStream.range(0, 60).mapToObj(number -> told("fx-many-" + number)))
                .allSatisfy(ways -> assertThat(ways).hasSize(3));
    }

    @Test
    void triesAWayAgainThatFailsAndNotTheOthers() {
        // Given
        chat.answer(500);
        knownForLong(incident(Samples.ID, "Checkout is down"));

        // When
        look();
        look();

        // Then it waits for ten seconds
        assertThat(posts()).isEqualTo(1);
        assertThat(told(Samples.ID)).containsExactlyInAnyOrder("mail", "events");

        // When
        chat.answer(200);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            look();
            assertThat(told(Samples.ID)).hasSize(3);
        });
        assertThat(posts()).isEqualTo(2);
        assertThat(MAIL.getReceivedMessages()).hasSize(2);
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void leavesItToTheHubThatHasTakenItOn() {
        // Given
        knownForLong(incident(Samples.ID, "Checkout is down").takenOnBy("another"));

        // When
        look();

        // Then
        assertThat(posts()).isZero();
        assertThat(told(Samples.ID)).isEmpty();
    }

    /** Then nobody can be paged at all, and nothing can be written of what was told. */
    @Test
    void tellsAlsoWhileNatsIsAwayAndNotAgainAfterwards() {
        // Given
        knownForLong(incident(Samples.ID, "Checkout is down"));
        store.setAway(true);

        // When
        look();

        // Then
        assertThat(posts()).isEqualTo(1);
        assertThat(chat.posts().get(0).body().path("reason").asText())
                .isEqualTo("NATS cannot be reached, so that no incident can be worked on");

        // When
        store.setAway(false);
        look();

        // Then
        assertThat(posts()).isEqualTo(1);
        assertThat(events()).isEqualTo(1);
    }
}
