package io.xtribe.fusionhub.explain;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.IncidentJson;

/** Finds the signals that another version of routes and mappings would treat otherwise. */
@Singleton
class Comparison {

    /** More are counted only. */
    private static final int MOST_SHOWN = 1_000;

    /**
     * What was found.
     *
     * @param against the folder with the other version, and what it holds
     * @param signals how many were compared
     * @param differing of how many the versions differ
     * @param differences the first 1,000 of them
     * @param remarks what it does not tell
     */
    record Found(
            String against,
            Instant from,
            Instant to,
            long signals,
            long differing,
            List<Difference> differences,
            List<String> remarks) {}

    private final Explainer explainer;
    private final RecordedSignals recorded;

    Comparison(Explainer explainer, RecordedSignals recorded) {
        this.explainer = explainer;
        this.recorded = recorded;
    }

    /**
     * Compares on recorded signals, or on one that is given.
     *
     * @return what was found, without secrets; see {@link Found}
     * @throws IllegalArgumentException when the other version cannot be used
     * @throws io.xtribe.fusionhub.incident.StoreUnavailableException when NATS does not answer
     */
    JsonNode compare(ExplainRequest request) {
        var folder = Path.of(request.against());
        var other = OtherVersion.of(folder, explainer.names(), explainer.values());
        var before = request.body() == null ? known(request.from()) : Known.NOTHING;
        try (var now = explainer.open(explainer.current(), before, false);
                var then = explainer.open(explainer.with(other.platforms(), other.routeFiles()), before, false)) {
            var found = request.body() == null
                    ? recorded(request, folder + ": " + other.words(), now, then)
                    : given(request, folder + ": " + other.words(), now, then);
            return explainer.masking().mask(IncidentJson.mapper().valueToTree(found));
        }
    }

    private Known known(Instant from) {
        var known = explainer.known();
        return new Known(
                new KnownBefore(known.incidents(), from), known.references(), Known.NOTHING.ends(), known.texts());
    }

    private Found recorded(ExplainRequest request, String against, Rehearsal now, Rehearsal then) {
        var differences = new ArrayList<Difference>();
        var signals = 0L;
        var differing = 0L;
        var after = recorded.before(request.from());
        for (var next = recorded.next(after, request.to());
                next.isPresent() && (request.limit() == 0 || signals < request.limit());
                next = recorded.next(after, request.to())) {
            var signal = next.get();
            after = signal.sequence();
            signals++;
            var difference = Difference.between(
                    signal.sequence(),
                    now.explain(signal.data(), signal.storedAt()),
                    then.explain(signal.data(), signal.storedAt()));
            if (difference.isPresent()) {
                differing++;
                if (differences.size() < MOST_SHOWN) {
                    differences.add(difference.get());
                }
            }
        }
        return new Found(
                against,
                request.from(),
                request.to(),
                signals,
                differing,
                differences,
                List.of(
                        "incidents that were opened before are known as they stand today, later ones as these signals make them",
                        "the answers of platforms are assumed from conformance cases, and it is not checked which account speaks",
                        "recorded signals keep the enrichment with which they were taken in"));
    }

    private Found given(ExplainRequest request, String against, Rehearsal now, Rehearsal then) {
        var at = Instant.now();
        var differences = Difference.between(
                        null,
                        explainer.explain(request.body(), request.source(), now, at),
                        explainer.explain(request.body(), request.source(), then, at))
                .stream()
                .toList();
        return new Found(
                against,
                at,
                at,
                1,
                differences.size(),
                differences,
                List.of("no incident is known", "the answers of platforms are assumed from conformance cases"));
    }
}
