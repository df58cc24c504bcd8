package io.xtribe.fusionhub.intake;

import java.util.Optional;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.Recurring;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;

/** Finds the incident that a signal belongs to. */
final class KnownIncidents {

    private final IncidentStore store;
    private final ReferenceStore references;

    KnownIncidents(IncidentStore store, ReferenceStore references) {
        this.store = store;
        this.references = references;
    }

    /** By an id of ours in the payload, by the record's reference, by the derived id, in this order. */
    Optional<String> find(Signal signal) {
        return signal.ourKey()
                .map(PlatformKey::correlationId)
                .filter(id -> store.find(id)
                        .filter(found -> !isAnothersByNow(signal, found.incident()))
                        .isPresent())
                .or(() -> Optional.ofNullable(signal.record())
                        .flatMap(record -> references.find(signal.platform(), record.part(), record.id()))
                        .filter(id -> store.find(id).isPresent()))
                .or(() -> Optional.of(signal.key())
                        .filter(key -> !key.isEmpty())
                        .map(key -> CorrelationId.derive(signal.platform(), signal.scope(), key))
                        .filter(id -> store.find(id).isPresent()));
    }

    /** A record that was taken from an incident keeps its key, where the platform does not let it be changed. */
    private boolean isAnothersByNow(Signal signal, Incident incident) {
        var record = signal.record();
        return record != null
                && incident.part(signal.platform(), record.part())
                        .former(record.id())
                        .isPresent()
                && references
                        .find(signal.platform(), record.part(), record.id())
                        .filter(id -> !id.equals(incident.id()))
                        .isPresent();
    }

    /** The incident that the series of a signal had last, where that is kept. */
    Optional<Incident> ofSeries(Signal signal) {
        return Optional.of(Recurring.series(signal))
                .filter(series -> !series.isEmpty() && signal.kind() != SignalKind.UNKNOWN)
                .flatMap(series -> references.find(signal.platform(), Recurring.SERIES, series))
                .flatMap(store::find)
                .map(IncidentStore.Versioned::incident);
    }

    /**
     * The incident into which the alerts of a series fold: this one, unless another one that is not over has it, or is about to be stored
     * by whoever was faster.
     */
    String claimFolded(String platform, String series, String id) {
        var owner = references.claim(platform, Recurring.SERIES, series, id);
        var isOver = !owner.equals(id)
                && store.find(owner)
                        .filter(found -> found.incident().status() == Status.RESOLVED)
                        .isPresent();
        if (!isOver) {
            return owner;
        }
        references.release(platform, Recurring.SERIES, series, owner);
        return references.claim(platform, Recurring.SERIES, series, id);
    }

    /** The series is this incident's from now on. The one that had it last may not be kept any more. */
    void claimSeries(String platform, String series, String id) {
        var owner = references.claim(platform, Recurring.SERIES, series, id);
        if (!owner.equals(id)) {
            references.release(platform, Recurring.SERIES, series, owner);
            references.claim(platform, Recurring.SERIES, series, id);
        }
    }
}
