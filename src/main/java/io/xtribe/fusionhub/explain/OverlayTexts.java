package io.xtribe.fusionhub.explain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.CommentTexts;

/** Texts of comments as another store has them, with what is kept here in memory only. */
final class OverlayTexts implements CommentTexts {

    private record Key(String incidentId, String key) {}

    private final CommentTexts below;
    private final Map<Key, Words> kept = new ConcurrentHashMap<>();

    OverlayTexts(CommentTexts below) {
        this.below = below;
    }

    @Override
    public void keep(String incidentId, String key, Words words) {
        kept.put(new Key(incidentId, key), words);
    }

    @Override
    public Optional<Words> find(String incidentId, String key) {
        return Optional.ofNullable(kept.get(new Key(incidentId, key))).or(() -> below.find(incidentId, key));
    }
}
