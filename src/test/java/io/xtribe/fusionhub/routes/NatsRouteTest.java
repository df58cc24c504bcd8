package io.xtribe.fusionhub.routes;

import java.util.HashMap;
import java.util.Map;

import io.nats.client.JetStreamManagement;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.platform.Speakers;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

import static org.awaitility.Awaitility.await;

/** Routes that need NATS: a real server, empty before every test. Incident records are in memory all the same. */
abstract class NatsRouteTest extends RouteTest {

    private static NatsServer nats;

    NatsLink link;
    WorkSet work;
    WorkQueue queue;

    @BeforeAll
    static void startNats() {
        nats = NatsServer.start();
    }

    @AfterAll
    static void stopNats() {
        nats.close();
    }

    @Override
    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("fusion.nats.url", nats.url());
        settings.putAll(moreSettings());
        return settings;
    }

    Map<String, String> moreSettings() {
        return Map.of();
    }

    /** The route that the test is about; it starts when NATS is there, as the hub's own startup does it. */
    abstract String route();

    @Override
    protected void doPostSetup() throws Exception {
        link = beans.get(NatsLink.class);
        link.connect();
        for (var stream : management().getStreamNames()) {
            management().deleteStream(stream);
        }
        beans.get(Provisioning.class).ensure();
        work = beans.get(WorkSet.class);
        queue = beans.get(WorkQueue.class);
        askSpeakers(beans.get(Speakers.class));
        prepare();
        context.getRouteController().startRoute(route());
    }

    /** Before the next test makes the streams anew. */
    @AfterEach
    void toldOthersWhatIsDocumented() {
        nats.assertEventsAsDocumented();
    }

    /** As after the first moments of a hub: the platforms were asked whose they are, and did not tell. */
    void askSpeakers(Speakers speakers) {
        speakers.due().forEach(route -> speakers.learned(null, route));
    }

    /** What must be before the route starts. */
    void prepare() throws Exception {}

    /** Does something while NATS is away, and goes on when it is back. */
    final void whileNatsIsAway(Runnable action) {
        nats.stop();
        try {
            await().atMost(SOON).until(() -> !link.isConnected());
            action.run();
        } finally {
            nats.restart();
        }
        await().atMost(SOON.multipliedBy(2)).until(link::isConnected);
    }

    final JetStreamManagement management() throws Exception {
        return link.management();
    }

    final void publish(NatsMessage message) throws Exception {
        link.jetStream().publish(message);
    }

    /** How many messages a stream holds. */
    final long stored(String stream) throws Exception {
        return management().getStreamInfo(stream).getStreamState().getMsgCount();
    }
}
