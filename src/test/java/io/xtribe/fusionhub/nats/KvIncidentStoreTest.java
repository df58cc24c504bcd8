package io.xtribe.fusionhub.nats;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** Two hubs and one bucket: what a hub remembers of its own writes never hides what another has written. */
class KvIncidentStoreTest {

    private NatsServer server;
    private NatsLink nats;
    private KvIncidentStore mine;
    private KvIncidentStore other;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        var settings = new NatsSettings(server.url());
        nats = new NatsLink(settings);
        nats.connect();
        new Provisioning(nats, settings).ensure();
        mine = new KvIncidentStore(nats);
        other = new KvIncidentStore(nats);
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
        server.close();
    }

    private static Incident titled(String title) {
        return new IncidentBuilder().from(Samples.newIncident()).title(title).build();
    }

    @Test
    void findsWhatItHasWrittenAsAnotherHubReadsIt() {
        mine.create(titled("disk full"));

        var found = mine.find(Samples.newIncident().id());

        assertThat(found).isPresent().isEqualTo(other.find(Samples.newIncident().id()));
    }

    @Test
    void findsWhatAnotherHubHasWrittenSince() {
        var revision = mine.create(titled("disk full")).orElseThrow();
        other.replace(titled("disk full again"), revision);

        assertThat(mine.find(Samples.newIncident().id())
                        .orElseThrow()
                        .incident()
                        .title())
                .isEqualTo("disk full again");
    }

    @Test
    void doesNotFindWhatItCouldNotWrite() {
        var revision = mine.create(titled("disk full")).orElseThrow();
        other.replace(titled("disk full again"), revision);
        assertThat(mine.replace(titled("never stored"), revision)).isEmpty();

        assertThat(mine.find(Samples.newIncident().id())
                        .orElseThrow()
                        .incident()
                        .title())
                .isEqualTo("disk full again");
    }
}
