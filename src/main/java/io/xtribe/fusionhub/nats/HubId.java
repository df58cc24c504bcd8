package io.xtribe.fusionhub.nats;

import java.util.UUID;

import jakarta.inject.Singleton;

/** This process's name, new at every start: a restarted hub must not regard calls of its former process as finished. */
@Singleton
public class HubId {

    private final String value = UUID.randomUUID().toString().substring(0, 8);

    @Override
    public String toString() {
        return value;
    }
}
