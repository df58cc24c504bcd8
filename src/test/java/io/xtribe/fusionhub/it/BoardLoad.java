package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Browser;
import io.xtribe.fusionhub.testing.Http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Measures the board with 10,000 open incidents; run by hand: {@code -Dit.test=BoardLoad}. Figures are in docs/console.md. */
class BoardLoad {

    private static final int INCIDENTS = 10_000;
    private static final String TITLE = "Checkout latency above 2 s";

    @Test
    void measure() throws Exception {
        assumeTrue(Browser.find().isPresent(), Browser.NONE);
        try (FaultRig rig = FaultRig.start("BoardLoad");
                Browser browser = Browser.start();
                Connection connection = rig.nats.connect()) {
            rig.webhooksOn();
            rig.awaitLinked(rig.trigger(TITLE), Duration.ofSeconds(30));
            ObjectNode sample = (ObjectNode) rig.incident(TITLE);
            fill(connection.jetStream(), sample, 0);
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            Http.get(rig.hub.url() + "/").body().contains("<b>" + (INCIDENTS + 1) + "</b> active"));

            String url = rig.hub.url();
            print("GET / again", times(() -> Http.get(url + "/").body()));
            print("GET another page each time", times(() -> Http.get(url + "/?page=" + (2 + round++))
                    .body()));
            print("GET a search", times(() -> Http.get(url + "/?q=INC0019999").body()));
            print("GET /incidents/{id}", times(() -> Http.get(
                            url + "/incidents/" + sample.path("id").asText())
                    .body()));
            print("first contentful paint", times(() -> {
                Page page = browser.open();
                page.navigate(url + "/");
                String paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";
                page.waitForFunction("(" + paint + ") >= 0");
                paints.add(((Number) page.evaluate(paint)).longValue());
                browser.tidy();
                return "";
            }));
            System.out.println("of that, as the browser says, ms: " + paints);

            long quiet = storm(rig, connection.jetStream(), sample);
            Page page = browser.open();
            page.navigate(url + "/");
            long watched = storm(rig, connection.jetStream(), sample);
            System.out.printf(
                    "CPU of the hub for 10,000 changes: %d ms, with a listener %d ms%n",
                    quiet / 1_000_000, watched / 1_000_000);
            assertThat(page.locator("[data-beat]").textContent()).isEqualTo("live");
        }
    }

    private int round;
    private final List<Long> paints = new ArrayList<>();

    private static long storm(FaultRig rig, JetStream stream, ObjectNode sample) throws Exception {
        double before = rig.metric("process_cpu_time_ns_total");
        fill(stream, sample, 1);
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        return (long) (rig.metric("process_cpu_time_ns_total") - before);
    }

    private static void fill(JetStream stream, ObjectNode sample, int generation) throws Exception {
        var stored = new ArrayList<CompletableFuture<?>>();
        for (int number = 0; number < INCIDENTS; number++) {
            String id = String.format("fx-%032x", number);
            ObjectNode incident = sample.deepCopy();
            incident.put("id", id)
                    .put("title", "Incident " + number + (generation == 0 ? "" : " again"))
                    .put("priority", number % 3 == 0 ? "P1" : "P2")
                    .put("receivedAt", Instant.now().minusSeconds(number).toString());
            ((ObjectNode) incident.at("/platforms/servicenow/incident/reference"))
                    .put("number", "INC" + (10_000_000 + number));
            stored.add(stream.publishAsync(
                    "$KV." + Names.INCIDENTS_BUCKET + "." + id, FaultRig.bytes(incident.toString())));
            if (number % 500 == 499) {
                CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                        .join();
                stored.clear();
            }
        }
    }

    private static long[] times(Supplier<String> what) {
        var millis = new long[12];
        for (int time = 0; time < millis.length; time++) {
            long begin = System.nanoTime();
            what.get();
            millis[time] = (System.nanoTime() - begin) / 1_000_000;
        }
        return millis;
    }

    private static void print(String what, long[] millis) {
        System.out.println(what + ", ms: " + Arrays.toString(millis));
    }
}
