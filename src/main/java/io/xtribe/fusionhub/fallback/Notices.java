package io.xtribe.fusionhub.fallback;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/** Makes notices, and the messages of the ways for them. */
@Singleton
@Named("fallbackNotices")
public class Notices {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FusionConfig config;
    private final Platforms platforms;
    private final Availability availability;

    public Notices(FusionConfig config, Platforms platforms, Availability availability) {
        this.config = config;
        this.platforms = platforms;
        this.availability = availability;
    }

    Notice of(String way, List<Unpaged> incidents) {
        return new Notice(way, incidents, reason(incidents));
    }

    Unpaged unpaged(Incident incident) {
        var records = incident.platforms().entrySet().stream()
                .flatMap(platform -> platform.getValue().values().stream()
                        .filter(Part::isOpened)
                        .map(part -> new Unpaged.Record(
                                platform.getKey(),
                                part.reference().number(),
                                part.reference().url())))
                .toList();
        return new Unpaged(
                incident.id(),
                incident.priority().name(),
                title(incident.origin().platform(), incident.title()),
                incident.origin().platform(),
                incident.receivedAt(),
                records,
                url(incident.id()),
                words(incident));
    }

    /** As far as it is known while the store cannot be asked. */
    Unpaged unpaged(Row row) {
        return new Unpaged(
                row.id(),
                row.priority().name(),
                title(row.origin(), row.title()),
                row.origin(),
                row.receivedAt(),
                List.of(),
                url(row.id()),
                "NATS cannot be reached, so that no incident can be worked on");
    }

    private String title(String origin, String title) {
        return platforms.copy(origin) == Copy.NONE ? "Incident of " + origin : title;
    }

    private String url(String id) {
        return config.publicUrl()
                .map(url -> url.replaceAll("/+$", "") + "/incidents/" + id)
                .orElse("");
    }

    /** What the paging platform answered for this incident. */
    private String words(Incident incident) {
        return incident.platforms().getOrDefault(config.pagingPlatform(), java.util.Map.of()).values().stream()
                .flatMap(part -> part.rejectionsOf(incident.generation()).stream())
                .map(Rejection::words)
                .findFirst()
                .orElse("");
    }

    private String reason(List<Unpaged> incidents) {
        var paging = config.pagingPlatform();
        return availability.status().stream()
                .filter(status -> status.platform().equals(paging) && status.state() != PlatformStatus.State.OK)
                .map(status -> paging + " is " + status.state().label()
                        + (status.words().isEmpty() ? "" : ": " + status.words()))
                .findFirst()
                .orElse(incidents.size() == 1 ? incidents.get(0).words() : "");
    }

    /** The body for the webhook. */
    public void webhook(@ExchangeProperty(Fallback.NOTICE) Notice notice, Exchange exchange) {
        exchange.getMessage()
                .setHeader(Exchange.HTTP_URI, config.fallback().webhook().url().orElseThrow());
        exchange.getMessage().setBody(write(NoticeBodies.webhook(notice, config.pageDeadline())));
    }

    /** The body for the Events API. */
    public void event(@ExchangeProperty(Fallback.NOTICE) Notice notice, Exchange exchange) {
        exchange.getMessage()
                .setHeader(Exchange.HTTP_URI, config.fallback().events().url());
        exchange.getMessage()
                .setBody(write(NoticeBodies.event(
                        notice,
                        config.pageDeadline(),
                        config.fallback().events().key().orElseThrow())));
    }

    /** Subject, addresses and text of the mail. */
    public void mail(@ExchangeProperty(Fallback.NOTICE) Notice notice, Exchange exchange) {
        exchange.getMessage().setHeader("subject", "[Fusion Hub] " + NoticeText.summary(notice));
        exchange.getMessage()
                .setHeader("to", String.join(",", config.fallback().mail().to().orElseThrow()));
        exchange.getMessage().setBody(NoticeText.body(notice, config.pageDeadline()));
    }

    private static byte[] write(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a notice as JSON", e);
        }
    }
}
