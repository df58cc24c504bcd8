package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.Dispatcher;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * How many hubs are at work. Each says so every two seconds, on a subject that no stream keeps, and counts whom it has heard
 * within the last seven by its own monotonic clock: a restart or a lost message needs no cleaning up. Why not in KV:
 * docs/adr/0017.
 */
@Singleton
public class HubMembers {

    private static final Logger LOG = Logger.getLogger(HubMembers.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration GONE_AFTER = Duration.ofSeconds(7);

    private final NatsLink nats;
    private final String self;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private volatile int live = 1;
    private Dispatcher listening;
    private long lastBeat = System.nanoTime() - BETWEEN.toNanos();

    public HubMembers(NatsLink nats, HubId self) {
        this.nats = nats;
        this.self = self.toString();
    }

    /** How many hubs there are, this one included. */
    public int live() {
        return live;
    }

    /** Says that this hub is at work, if it is time to, and counts again. To be called at least every second, by one thread. */
    public void beat() {
        var now = System.nanoTime();
        if (now - lastBeat < BETWEEN.toNanos()) {
            return;
        }
        lastBeat = now;
        if (nats.isConnected()) {
            say();
        }
        heard.values().removeIf(at -> now - at > GONE_AFTER.toNanos());
        live = heard.size() + 1;
    }

    private void say() {
        try {
            if (listening == null) {
                // The client subscribes again by itself after an outage.
                listening = nats.connection()
                        .createDispatcher(message -> hear(new String(message.getData(), StandardCharsets.UTF_8)));
                listening.subscribe(Names.MEMBERS_SUBJECT);
            }
            nats.connection().publish(Names.MEMBERS_SUBJECT, self.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalStateException e) {
            LOG.debug("NATS has just gone away", e);
        }
    }

    private void hear(String member) {
        if (!member.equals(self) && heard.put(member, System.nanoTime()) == null) {
            live = heard.size() + 1;
        }
    }
}
