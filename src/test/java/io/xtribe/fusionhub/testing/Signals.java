package io.xtribe.fusionhub.testing;

import java.time.Instant;
import java.util.List;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalBuilder;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.signal.SignalKind;

/** Makes signals of which only the usual is told. */
public final class Signals {

    private Signals() {}

    /** One without comments and links, that ends everywhere where it ends. */
    public static Signal of(
            String id,
            String platform,
            SignalKind kind,
            String reason,
            Signal.FirstSign firstSign,
            Signal.PlatformRecord record,
            String scope,
            String key,
            PlatformKey fusionKey,
            String title,
            String description,
            String priority,
            String status,
            Instant occurredAt,
            long version,
            RoutingHints hints,
            boolean timed,
            String remedy) {
        return new SignalBuilder()
                .id(id)
                .platform(platform)
                .kind(kind)
                .reason(reason)
                .firstSign(firstSign)
                .record(record)
                .scope(scope)
                .key(key)
                .fusionKey(fusionKey)
                .title(title)
                .description(description)
                .priority(priority)
                .status(status)
                .occurredAt(occurredAt)
                .version(version)
                .hints(hints)
                .timed(timed)
                .remedy(remedy)
                .series("")
                .end(SignalEnd.RESOLVE)
                .comments(List.of())
                .by("")
                .build();
    }

    /** One of which the platform says when it happened, and that needs no remedy. */
    public static Signal of(
            String id,
            String platform,
            SignalKind kind,
            String reason,
            Signal.FirstSign firstSign,
            Signal.PlatformRecord record,
            String scope,
            String key,
            PlatformKey fusionKey,
            String title,
            String description,
            String priority,
            String status,
            Instant occurredAt,
            long version,
            RoutingHints hints) {
        return of(
                id,
                platform,
                kind,
                reason,
                firstSign,
                record,
                scope,
                key,
                fusionKey,
                title,
                description,
                priority,
                status,
                occurredAt,
                version,
                hints,
                true,
                "");
    }
}
