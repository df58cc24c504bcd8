package io.xtribe.fusionhub.explain;

import java.util.Optional;
import java.util.OptionalLong;

import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.End;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.ReferenceStore;

/**
 * What is known before: it is only read.
 *
 * @param incidents the records
 * @param references which records of platforms belong to them
 * @param ends what has ended while no incident knew it
 * @param texts of their comments
 */
record Known(IncidentStore incidents, ReferenceStore references, EndStore ends, CommentTexts texts) {

    /** Nothing. */
    static final Known NOTHING = new Known(new NoIncidents(), new NoReferences(), new NoEnds(), new NoTexts());

    private static UnsupportedOperationException onlyRead() {
        return new UnsupportedOperationException("it is only read");
    }

    private static final class NoIncidents implements IncidentStore {
        @Override
        public Optional<Versioned> find(String id) {
            return Optional.empty();
        }

        @Override
        public OptionalLong create(Incident incident) {
            throw onlyRead();
        }

        @Override
        public OptionalLong replace(Incident incident, long revision) {
            throw onlyRead();
        }
    }

    private static final class NoReferences implements ReferenceStore {
        @Override
        public Optional<String> find(String platform, String part, String recordId) {
            return Optional.empty();
        }

        @Override
        public String claim(String platform, String part, String recordId, String correlationId) {
            throw onlyRead();
        }

        @Override
        public void release(String platform, String part, String recordId, String correlationId) {
            throw onlyRead();
        }
    }

    private static final class NoEnds implements EndStore {
        @Override
        public Optional<End> find(String id) {
            return Optional.empty();
        }

        @Override
        public void remember(String id, End end) {
            throw onlyRead();
        }
    }

    private static final class NoTexts implements CommentTexts {
        @Override
        public void keep(String incidentId, String key, Words words) {
            throw onlyRead();
        }

        @Override
        public Optional<Words> find(String incidentId, String key) {
            return Optional.empty();
        }
    }
}
