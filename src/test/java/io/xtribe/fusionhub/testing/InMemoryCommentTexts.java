package io.xtribe.fusionhub.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.CommentTexts;

/** Texts of comments in memory: what is kept first stays. */
public final class InMemoryCommentTexts implements CommentTexts {
    private final Map<String, Words> texts = new ConcurrentHashMap<>();

    @Override
    public void keep(String incidentId, String key, Words words) {
        texts.putIfAbsent(incidentId + "." + key, words);
    }

    @Override
    public Optional<Words> find(String incidentId, String key) {
        return Optional.ofNullable(texts.get(incidentId + "." + key));
    }
}
