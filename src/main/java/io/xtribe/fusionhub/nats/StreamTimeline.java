package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.JetStreamApiException;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.signal.SafeText;

/** The timeline in the stream {@code FUSION_TIMELINE}, one subject per incident. */
@Singleton
public class StreamTimeline implements Timeline {

    private static final Logger LOG = Logger.getLogger(StreamTimeline.class);

    private static final int LOGGED = 200;

    private final NatsLink nats;
    private final HubId hub;

    public StreamTimeline(NatsLink nats, HubId hub) {
        this.nats = nats;
        this.hub = hub;
    }

    @Override
    public void note(String correlationId, Line line) {
        try {
            nats.jetStream()
                    .publishAsync(Names.timeline(correlationId), IncidentJson.write(Entry.of(hub.toString(), line)))
                    .whenComplete((stored, failure) -> {
                        if (failure != null) {
                            lost(correlationId, line.text(), failure);
                        }
                    });
        } catch (IllegalStateException e) {
            lost(correlationId, line.text(), e);
        }
    }

    @Override
    public List<Entry> read(String correlationId) {
        var subject = Names.timeline(correlationId);
        var entries = new ArrayList<Entry>();
        try {
            var consumer = ConsumerConfiguration.builder()
                    .deliverPolicy(DeliverPolicy.All)
                    .build();
            var subscription = nats.jetStream()
                    .subscribe(
                            subject,
                            PushSubscribeOptions.builder().ordered(true).stream(Names.TIMELINE)
                                    .configuration(consumer)
                                    .build());
            try {
                var pending = subscription.getConsumerInfo().getCalculatedPending();
                while (entries.size() < pending) {
                    var message = subscription.nextMessage(Duration.ofSeconds(2));
                    if (message == null) {
                        break;
                    }
                    entries.add(IncidentJson.read(message.getData(), Entry.class));
                }
            } finally {
                subscription.unsubscribe();
            }
            return entries;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("cannot read the timeline of " + correlationId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while reading the timeline of " + correlationId, e);
        }
    }

    private static void lost(String correlationId, String text, Throwable failure) {
        LOG.warnf(
                "Timeline of %s lacks %s: %s",
                correlationId, SafeText.quoted(text), SafeText.line(String.valueOf(failure.getMessage()), LOGGED));
    }
}
