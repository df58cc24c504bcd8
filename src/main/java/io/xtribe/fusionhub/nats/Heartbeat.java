package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.nats.client.Dispatcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.signal.CloudEvent;

/**
 * Shows that signals get through. A small signal of the hub's own goes into the stream as any other does, is delivered to one of
 * the hubs, and that hub tells all of them that it came. It belongs to no platform: it is neither noise nor a dead letter, and is
 * counted nowhere but here. A hub that takes no signals in, because somebody has stopped that route, sends none, and tells no age.
 */
@Singleton
@Named("heartbeat")
public class Heartbeat {

    /** NATS header with the id, so that no hub need read the event. */
    public static final String ID = "Fusion-Heartbeat";

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final String INTAKE_ROUTE = "signals-intake";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final NatsLink nats;
    private final Publisher publisher;
    private final IntakeState intake;
    private final CamelContext camel;
    private final String prefix;
    private final Duration every;
    private final Timer trips;
    private long number;
    private long lastSent = System.nanoTime();
    private long lastLook = System.nanoTime();
    /** When the newest one was sent that has come back; before the first one, when this hub began to take signals in. */
    private long newest;

    private boolean beating;
    private volatile boolean hasTakenIn;
    private Dispatcher listening;

    public Heartbeat(
            NatsLink nats,
            Publisher publisher,
            IntakeState intake,
            CamelContext camel,
            HubId hub,
            FusionConfig config,
            MeterRegistry metrics) {
        this.nats = nats;
        this.publisher = publisher;
        this.intake = intake;
        this.camel = camel;
        this.prefix = "heartbeat:" + hub + ":";
        this.every = config.heartbeat();
        trips = Timer.builder("fusion.heartbeat")
                .description("How long heartbeats of this hub were under way, through NATS and back")
                .register(metrics);
        TimeGauge.builder("fusion.heartbeat.age", this, TimeUnit.MILLISECONDS, Heartbeat::ageMillis)
                .description("How long ago the newest heartbeat of this hub was sent that has come back")
                .register(metrics);
        Gauge.builder("fusion.intake.running", this, one -> one.isTakingIn() ? 1 : 0)
                .description("Whether this hub takes signals in")
                .register(metrics);
    }

    /** Whether a message on the subject of the intake is a heartbeat, of whichever hub. */
    public static boolean isOne(String subject) {
        return Names.HEARTBEAT_SUBJECT.equals(subject);
    }

    /** Whether this hub takes signals in. */
    public boolean isTakingIn() {
        var status = camel.getRouteController().getRouteStatus(INTAKE_ROUTE);
        return status != null && status.isStarted();
    }

    /** Whether it has done so since its start: then somebody has stopped it, if it does not now. */
    public boolean hasTakenIn() {
        return hasTakenIn;
    }

    /** Sends one, if it is time to. To be called every second, by one thread. */
    public void beat() {
        if (!isTakingIn()) {
            rest();
            return;
        }
        hasTakenIn = true;
        var now = System.nanoTime();
        if (now - lastLook >= BETWEEN_LOOKS.toNanos()) {
            lastLook = now;
            intake.look();
        }
        if (!every.isZero() && nats.isConnected() && isTime(now)) {
            send();
        }
    }

    private synchronized void rest() {
        beating = false;
    }

    private synchronized boolean isTime(long now) {
        if (!beating) {
            beating = true;
            newest = now;
            lastSent = now;
        }
        if (now - lastSent < every.toNanos()) {
            return false;
        }
        lastSent = now;
        return true;
    }

    private void send() {
        try {
            if (listening == null) {
                // The client subscribes again by itself after an outage.
                listening = nats.connection()
                        .createDispatcher(message -> heard(new String(message.getData(), StandardCharsets.UTF_8)));
                listening.subscribe(Names.HEARTBEATS_SUBJECT);
            }
            // Only this process reads the time in its id, so that its own monotonic clock will do.
            var id = prefix + ++number + ":" + System.nanoTime();
            var event = new CloudEvent(
                    id,
                    "fusion-hub",
                    "fusion.heartbeat",
                    Instant.now(),
                    RoutingHints.NONE,
                    JsonNodeFactory.instance.objectNode());
            publisher.publish(Names.HEARTBEAT_SUBJECT, id, Map.of(ID, id), event.toBytes());
        } catch (IOException | IllegalStateException e) {
            LOG.debug("No heartbeat can be sent", e);
        }
    }

    /** One has come through the stream, perhaps another hub's, which is told. */
    public void arrived(String id) {
        if (id == null) {
            return;
        }
        if (id.startsWith(prefix)) {
            heard(id);
        } else {
            publisher.tell(Names.HEARTBEATS_SUBJECT, id.getBytes(StandardCharsets.UTF_8));
        }
    }

    private synchronized void heard(String id) {
        if (!id.startsWith(prefix)) {
            return;
        }
        var sent = Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
        trips.record(System.nanoTime() - sent, TimeUnit.NANOSECONDS);
        if (sent - newest > 0) {
            newest = sent;
        }
    }

    private double ageMillis() {
        if (every.isZero() || !isTakingIn()) {
            return Double.NaN;
        }
        synchronized (this) {
            return beating ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - newest) : Double.NaN;
        }
    }
}
