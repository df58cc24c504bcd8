package io.xtribe.fusionhub.incident;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.InMemoryIncidentStore;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncidentStoreTest {

    private final InMemoryIncidentStore stored = new InMemoryIncidentStore();
    private int fasterOthers;
    private int reads;

    /** Somebody else changes the incident just before each of the first writes. */
    private final IncidentStore store = new IncidentStore() {
        @Override
        public Optional<Versioned> find(String id) {
            reads++;
            return stored.find(id);
        }

        @Override
        public OptionalLong create(Incident incident) {
            return stored.create(incident);
        }

        @Override
        public OptionalLong replace(Incident incident, long revision) {
            if (fasterOthers-- > 0) {
                var now = stored.find(incident.id()).orElseThrow();
                stored.replace(now.incident().announcing(Set.of("other." + reads)), now.revision());
            }
            return stored.replace(incident, revision);
        }
    };

    @Test
    void changesTheNewestStateWhenOthersAreFaster() {
        // Given
        store.create(Samples.newIncident());
        fasterOthers = 2;

        // When
        var changed = store.change(Samples.ID, incident -> incident.desiring(Status.RESOLVED, Priority.P1));

        // Then
        assertThat(reads).isEqualTo(3);
        assertThat(changed.incident().generation()).isEqualTo(2);
        assertThat(changed.incident().announced()).containsExactly("other.1", "other.2");
        assertThat(stored.find(Samples.ID)).contains(changed);
    }

    @Test
    void writesNothingWhereNothingChanges() {
        // Given
        store.create(Samples.newIncident());
        var before = stored.find(Samples.ID).orElseThrow();

        // When
        var same = store.change(Samples.ID, incident -> incident);

        // Then
        assertThat(same).isEqualTo(before);
        assertThat(stored.revision()).isEqualTo(before.revision());
    }

    @Test
    void namesARecordThatIsNotThere() {
        assertThatThrownBy(() -> store.change("fx-none", incident -> incident))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fx-none");
    }

    @Test
    void givesUpWhenOthersAreAlwaysFaster() {
        // Given
        store.create(Samples.newIncident());
        fasterOthers = Integer.MAX_VALUE;

        // Then
        assertThatThrownBy(() -> store.change(Samples.ID, incident -> incident.desiring(Status.RESOLVED, Priority.P1)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(Samples.ID)
                .hasMessageContaining("100 times");
        assertThat(reads).isEqualTo(100);
        assertThat(stored.get(Samples.ID).status()).isEqualTo(Status.OPEN);
    }
}
