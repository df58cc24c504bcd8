package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.ResponseHeader;

import io.xtribe.fusionhub.upkeep.IncidentIndex;

/**
 * Tells whoever listens, by server-sent events, that something of the index has changed. What has changed it does not tell: a page that
 * shows it reads it, and so ten thousand changes within a second are one event. Nothing runs while nobody listens.
 */
@Path("/api/changes")
public class ChangesResource {

    /** Of the hub's 1,024 connections. */
    private static final int MOST_LISTENERS = 100;

    private static final Duration LOOK = Duration.ofMillis(500);
    /** How many looks are between two events at least. */
    private static final int REST = 3;
    /** So many looks after the last event one is sent without a change: a connection that is idle for 75 s is closed. */
    private static final int BEAT = 40;

    private static final long RETRY_AFTER_SECONDS = 20;

    private final IncidentIndex index;
    private final AtomicInteger listeners = new AtomicInteger();

    ChangesResource(IncidentIndex index) {
        this.index = index;
    }

    /**
     * Events {@code changed}, and {@code beat} where nothing has changed for a while.
     *
     * @param id the incident that is looked at; by default all of them
     * @param since the {@link #mark} of what the listener shows; by default of what is there now
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    public Multi<OutboundSseEvent> changes(
            @QueryParam("incident") String id, @QueryParam("since") Long since, @Context Sse sse) {
        if (listeners.incrementAndGet() > MOST_LISTENERS) {
            listeners.decrementAndGet();
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        LongSupplier mark = () -> id == null ? mark(index) : mark(index, id);
        var listener = new Listener(mark, since == null ? mark.getAsLong() : since);
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .map(tick -> listener.look())
                .filter(name -> !name.isEmpty())
                .map(name -> sse.newEvent(name, "{}"))
                .onTermination()
                .invoke(listeners::decrementAndGet);
    }

    /** Another number as soon as any incident has changed. */
    static long mark(IncidentIndex index) {
        return index.changes();
    }

    /** Another number as soon as this incident has changed. */
    static long mark(IncidentIndex index, String id) {
        // The index makes another row of each change.
        return index.find(id).map(System::identityHashCode).orElse(0);
    }

    /** One of those who listen; used by one thread at a time. */
    private static final class Listener {
        private final LongSupplier mark;
        private long told;
        private int rest = REST;

        Listener(LongSupplier mark, long told) {
            this.mark = mark;
            this.told = told;
        }

        /** The name of the event to be sent now, or empty. */
        String look() {
            rest++;
            var now = mark.getAsLong();
            if (now != told && rest >= REST) {
                told = now;
                rest = 0;
                return "changed";
            }
            if (rest >= BEAT) {
                rest = 0;
                return "beat";
            }
            return "";
        }
    }
}
