package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValue;
import io.nats.client.PublishOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.core.ConditionTimeoutException;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.it.PlatformRecords.StartedOn;
import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One world for hubs: a NATS server, a sandbox and the settings that make a hub quick to give up and to try again. What
 * is asserted is read from NATS and from the platforms, never from a hub.
 */
final class Rig implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(3);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MONITOR = "datadog/monitor-triggered-p1";

    private final String test;
    private final NatsServer nats;
    private final Sandbox sandbox;
    private final SandboxClient platforms;
    private Connection connection;

    private Rig(String test) {
        this.test = test;
        nats = NatsServer.start();
        sandbox = Sandbox.start(SandboxOptions.defaults());
        platforms = new SandboxClient(sandbox.url());
    }

    /** Starts NATS and the sandbox, whose webhooks go nowhere. */
    static Rig start(String test) {
        return new Rig(test);
    }

    NatsServer nats() {
        return nats;
    }

    SandboxClient platforms() {
        return platforms;
    }

    /** A hub with quick settings, not started. */
    HubProcess.Builder hub() {
        return hub(nats.url());
    }

    /** The same for a hub behind a proxy. */
    HubProcess.Builder hub(String natsUrl) {
        HubProcess.Builder hub = HubProcess.builder(test)
                .nats(natsUrl)
                .sandbox(platforms)
                .env("FUSION_CONVERGE_LEASE", LEASE.toSeconds() + "s")
                .env("FUSION_CONVERGE_BACK_OFF_FIRST", "100ms")
                .env("FUSION_CONVERGE_BACK_OFF_LONGEST", "2s")
                .env("FUSION_CONVERGE_RELIST", "1s")
                .env("FUSION_CONVERGE_RECHECK", "1s")
                // Calls that take longer than 1 s because the machine is busy must not keep a page waiting for long.
                .env("FUSION_BREAKER_WAIT_FIRST", "200ms")
                .env("FUSION_BREAKER_WAIT_LONGEST", "1s")
                // The sandbox allows any number of calls, unless a test says otherwise.
                .env("FUSION_LIMITS_PAGERDUTY_CALLS", "100000")
                .env("FUSION_LIMITS_PAGERDUTY_PER", "60s")
                .env("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "ERROR")
                .env("FUSION_DATADOG_CASE_ATTRIBUTE", "fusion_id")
                .env("FUSION_DATADOG_INCIDENT_FIELD", "fusion_id");
        for (String platform : List.of("DATADOG", "SERVICENOW", "PAGERDUTY")) {
            hub.env("FUSION_" + platform + "_TIMEOUT", "1s").env("FUSION_" + platform + "_SETTLE", "1s");
        }
        return hub;
    }

    /** From now on the platforms tell this hub what happens there. */
    void webhooksTo(HubProcess hub) {
        webhooks(Map.of("url", hub.url() + "/webhooks"));
    }

    void webhooks(Map<String, ?> settings) {
        platforms.settings(Map.of("webhooks", settings));
    }

    void latency(int milliseconds) {
        platforms.settings(Map.of(
                "latencyMs", Map.of("datadog", milliseconds, "servicenow", milliseconds, "pagerduty", milliseconds)));
    }

    /** What an alert of a P1 monitor posts to the hub; every title has its own group and cycle. */
    static String alert(String title) {
        return alert(title, Map.of());
    }

    /** The same with some members of the body changed. */
    static String alert(String title, Map<String, String> changes) {
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(Webhooks.fresh(MONITOR));
            String id = UUID.nameUUIDFromBytes(title.getBytes(StandardCharsets.UTF_8))
                    .toString();
            body.put("id", id)
                    .put("alert_cycle_key", "cycle-" + id)
                    .put("alert_title", title)
                    .put("alert_scope", "host:" + id);
            String now = Long.toString(System.currentTimeMillis());
            body.put("date", now).put("last_updated", now);
            changes.forEach(body::put);
            return body.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the alert straight onto NATS, as Vector does. */
    void publish(String title) {
        publish(title, Map.of());
    }

    /** The same with some members of the alert's body changed. */
    void publish(String title, Map<String, String> changes) {
        try {
            CloudEvent event = new CloudEvent(
                    "datadog:" + UUID.randomUUID(),
                    "datadog",
                    "datadog.alert",
                    Instant.now(),
                    RoutingHints.NONE,
                    JSON.readTree(alert(title, changes)));
            connection()
                    .jetStream()
                    .publish(
                            Names.signals("datadog"),
                            event.toBytes(),
                            PublishOptions.builder().messageId(event.id()).build());
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("cannot publish " + title, e);
        }
    }

    List<String> publishAll(String prefix, int count) {
        List<String> titles = titles(prefix, count);
        titles.forEach(this::publish);
        return titles;
    }

    static List<String> titles(String prefix, int count) {
        List<String> titles = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            titles.add(String.format("%s %04d", prefix, number));
        }
        return titles;
    }

    /** NATS hands a signal out again after this time, once a hub has made the consumer. */
    void redeliverAfter(Duration time) {
        try {
            JetStreamManagement management = connection().jetStreamManagement();
            ConsumerConfiguration now = consumer().getConsumerConfiguration();
            management.addOrUpdateConsumer(
                    Names.SIGNALS,
                    ConsumerConfiguration.builder(now).ackWait(time).build());
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** NATS no longer holds back a signal that it has stored already, so that the hub itself must cope with it. */
    void forgetDuplicates() {
        try {
            JetStreamManagement management = connection().jetStreamManagement();
            StreamConfiguration now = management.getStreamInfo(Names.SIGNALS).getConfiguration();
            management.updateStream(StreamConfiguration.builder(now)
                    .duplicateWindow(Duration.ofMillis(100))
                    .build());
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The intake consumer: how many signals wait, and how many were handed out and not acknowledged. */
    ConsumerInfo consumer() {
        try {
            return connection().jetStreamManagement().getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER);
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signals that NATS still has to get rid of. */
    long signalsLeft() {
        ConsumerInfo info = consumer();
        return info.getNumPending() + info.getNumAckPending();
    }

    List<String> workSet() {
        return keys(Names.WORK_BUCKET);
    }

    /** Our records, by title. */
    Map<String, JsonNode> incidents() {
        Map<String, JsonNode> found = new HashMap<>();
        for (JsonNode incident : incidentsById().values()) {
            JsonNode twin = found.put(incident.path("title").asText(), incident);
            assertThat(twin).as("a second incident for one title").isNull();
        }
        return found;
    }

    /** The hub's records by correlation id: of use where titles change. */
    Map<String, JsonNode> incidentsById() {
        Map<String, JsonNode> found = new HashMap<>();
        try {
            KeyValue bucket = connection().keyValue(Names.INCIDENTS_BUCKET);
            for (String id : keys(Names.INCIDENTS_BUCKET)) {
                found.put(id, JSON.readTree(bucket.get(id).getValue()));
            }
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** A key that is written to while they are listed is listed twice. */
    private List<String> keys(String bucket) {
        try {
            return connection().keyValue(bucket).keys().stream().distinct().toList();
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all of these are taken in and settled and nothing is left to do. */
    void awaitSettled(Collection<String> titles, Duration limit) {
        try {
            await().pollInterval(Duration.ofMillis(100)).atMost(limit).until(quietly(() -> isSettled(titles)));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("Not settled within " + limit + ": " + unsettled(titles), late);
        }
    }

    boolean isSettled(Collection<String> titles) {
        return isQuiet() && areSettled(incidents(), titles);
    }

    /** Whether these are settled, by correlation id, and nothing is left to do. */
    boolean isSettledById(Collection<String> ids) {
        return isQuiet() && areSettled(incidentsById(), ids);
    }

    private boolean isQuiet() {
        return signalsLeft() == 0 && workSet().isEmpty();
    }

    private static boolean areSettled(Map<String, JsonNode> incidents, Collection<String> keys) {
        return keys.stream().allMatch(key -> isSettled(incidents.get(key)));
    }

    private static boolean isSettled(JsonNode incident) {
        return incident != null
                && incident.path("generation").asLong()
                        == incident.path("settledGeneration").asLong()
                && incident.has("linkedAt");
    }

    private String unsettled(Collection<String> titles) {
        Map<String, JsonNode> incidents = incidents();
        List<String> open = new ArrayList<>();
        for (String title : titles) {
            JsonNode incident = incidents.get(title);
            if (!isSettled(incident)) {
                open.add(title + " is " + (incident == null ? "unknown" : incident + story(incident)));
            }
        }
        return open.size() + " incidents, of which " + String.join("\n", open.subList(0, Math.min(2, open.size())))
                + "; work set " + workSet()
                + "; signals pending " + consumer().getNumPending() + ", unacknowledged "
                + consumer().getNumAckPending();
    }

    /** The timeline of the incident of that title. */
    String story(String title) {
        return story(incidents().get(title));
    }

    private String story(JsonNode incident) {
        StringBuilder story = new StringBuilder();
        read(Names.TIMELINE, Names.timeline(incident.path("id").asText()))
                .forEach(line -> story.append("\n  ").append(line));
        return story.toString();
    }

    /** Everything stands once, shows everything else once, and was announced once. */
    void assertLinkedOnce(Collection<String> titles) {
        assertLinkedOnce(titles, StartedOn.ELSEWHERE);
    }

    void assertLinkedOnce(Collection<String> titles, StartedOn triggered) {
        PlatformRecords records = PlatformRecords.of(platforms);
        Map<String, JsonNode> incidents = incidents();
        Map<String, Integer> events = events();
        for (String title : titles) {
            String key = records.assertLinked(title, triggered);
            assertThat(incidents.get(title).path("id").asText())
                    .as("our record of %s", title)
                    .isEqualTo(key);
            for (String event : List.of("opened", "paged", "linked")) {
                assertThat(events.get(key + "." + event))
                        .as("announcements '%s' of %s", event, key)
                        .isEqualTo(1);
            }
        }
    }

    /** How often each event id stands in the stream of announcements. */
    Map<String, Integer> events() {
        Map<String, Integer> found = new HashMap<>();
        read(Names.EVENTS, Names.event("*"))
                .forEach(event -> found.merge(event.path("id").asText(), 1, Integer::sum));
        return found;
    }

    List<JsonNode> read(String stream, String subject) {
        List<JsonNode> found = new ArrayList<>();
        try {
            var subscription = connection()
                    .jetStream()
                    .subscribe(
                            subject,
                            PushSubscribeOptions.builder().ordered(true).stream(stream)
                                    .configuration(ConsumerConfiguration.builder()
                                            .deliverPolicy(DeliverPolicy.All)
                                            .build())
                                    .build());
            try {
                long pending = subscription.getConsumerInfo().getCalculatedPending();
                while (found.size() < pending) {
                    var message = subscription.nextMessage(Duration.ofSeconds(5));
                    assertThat(message)
                            .as("message %d of %s", found.size(), stream)
                            .isNotNull();
                    found.add(JSON.readTree(message.getData()));
                }
            } finally {
                subscription.unsubscribe();
            }
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** How many calls of that operation a platform has received. */
    int calls(String platform, String operation) {
        return platforms.counts().path(platform).path(operation).asInt();
    }

    /** What hubs share under a key of the bucket for references; null while there is nothing. */
    JsonNode shared(String key) {
        try {
            var entry = connection().keyValue(Names.REFS_BUCKET).get(key);
            return entry == null ? null : JSON.readTree(entry.getValue());
        } catch (IOException | JetStreamApiException notYet) {
            return null;
        }
    }

    /** Hubs know nothing of that any more, as of something that was never there. */
    void forget(String key) {
        try {
            connection().keyValue(Names.REFS_BUCKET).delete(key);
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The condition while NATS may be away: then it does not hold. */
    static Callable<Boolean> quietly(Callable<Boolean> condition) {
        return () -> {
            try {
                return condition.call();
            } catch (IllegalStateException away) {
                return false;
            }
        };
    }

    /** The test's own connection, made again after the server was away. */
    synchronized Connection connection() {
        if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
            connection = nats.connect();
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        sandbox.close();
        nats.close();
    }
}
