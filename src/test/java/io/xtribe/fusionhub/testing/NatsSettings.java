package io.xtribe.fusionhub.testing;

import java.util.List;
import java.util.Optional;

import io.xtribe.fusionhub.config.FusionConfig;

/** A server without credentials. */
public record NatsSettings(List<String> url) implements FusionConfig.Nats {
    public NatsSettings(String url) {
        this(List.of(url));
    }

    @Override
    public Optional<String> credentials() {
        return Optional.empty();
    }

    @Override
    public Manage manage() {
        return Manage.CREATE;
    }

    @Override
    public int replicas() {
        return 1;
    }

    @Override
    public Tls tls() {
        return new Tls() {
            @Override
            public boolean enabled() {
                return false;
            }

            @Override
            public Optional<String> trustStore() {
                return Optional.empty();
            }

            @Override
            public Optional<String> trustStorePassword() {
                return Optional.empty();
            }
        };
    }
}
