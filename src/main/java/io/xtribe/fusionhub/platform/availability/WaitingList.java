package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What waits for a platform: by lane, and within a lane by arrival. Each kind of step has a queue of its own, so that a kind
 * of which ten thousand wait costs no more to pass over than one of which two wait. Not safe for several threads.
 */
final class WaitingList {

    /** @param since when it began to wait, whatever its lane was then */
    private record Place(Wish wish, long arrival, long since) {}

    private static final Comparator<Place> ORDER =
            Comparator.comparing((Place place) -> place.wish().lane()).thenComparing(Place::arrival);

    private final LongSupplier nanoTime;
    private final NavigableMap<String, Place> places = new TreeMap<>();
    private final Map<String, NavigableSet<Place>> queues = new HashMap<>();
    private long arrivals;

    WaitingList(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Adds a wish. One that waits already keeps its place, and one that has become more urgent moves up. */
    void add(Wish wish) {
        var known = places.get(wish.key());
        if (known != null && known.wish().lane().compareTo(wish.lane()) <= 0) {
            return;
        }
        remove(wish.key());
        var place = new Place(wish, arrivals++, known == null ? nanoTime.getAsLong() : known.since());
        places.put(wish.key(), place);
        queues.computeIfAbsent(wish.kind(), any -> new TreeSet<>(ORDER)).add(place);
    }

    void remove(String key) {
        var place = places.remove(key);
        if (place != null) {
            queues.computeIfPresent(place.wish().kind(), (kind, queue) -> {
                queue.remove(place);
                return queue.isEmpty() ? null : queue;
            });
        }
    }

    /** Removes what an incident waits for, but for these keys. */
    void keepOnly(String incidentId, Set<String> keys) {
        if (!places.isEmpty()) {
            ofIncident(places, incidentId).filter(key -> !keys.contains(key)).forEach(this::remove);
        }
    }

    /** A copy of the keys that begin with the incident's id, as those of all its wishes do. */
    static Stream<String> ofIncident(NavigableMap<String, ?> byKey, String incidentId) {
        // '0' follows '/'.
        return List.copyOf(byKey.subMap(incidentId + "/", incidentId + "0").keySet()).stream();
    }

    /** Whether somebody else waits who comes first, among the kinds to which this applies. */
    boolean hasBefore(Wish wish, Predicate<String> kinds) {
        var own = places.get(wish.key());
        return firstPlace(kinds)
                .filter(place -> place.wish().lane().compareTo(wish.lane()) <= 0)
                .filter(place -> own == null || ORDER.compare(place, own) < 0)
                .isPresent();
    }

    /** The most urgent wish among the kinds to which this applies. */
    Optional<Wish> first(Predicate<String> kinds) {
        return firstPlace(kinds).map(Place::wish);
    }

    private Optional<Place> firstPlace(Predicate<String> kinds) {
        return queues.entrySet().stream()
                .filter(queue -> kinds.test(queue.getKey()))
                .map(queue -> queue.getValue().first())
                .min(ORDER);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** For how long the oldest wish of each lane has waited; without the lanes in which none does. */
    Map<Lane, Duration> oldest() {
        var now = nanoTime.getAsLong();
        var oldest = new EnumMap<Lane, Duration>(Lane.class);
        places.values()
                .forEach(place -> oldest.merge(
                        place.wish().lane(),
                        Duration.ofNanos(now - place.since()),
                        (one, other) -> one.compareTo(other) > 0 ? one : other));
        return oldest;
    }

    Map<Lane, Integer> sizes() {
        var sizes = new EnumMap<Lane, Integer>(Lane.class);
        for (var lane : Lane.values()) {
            sizes.put(lane, 0);
        }
        places.values().forEach(place -> sizes.merge(place.wish().lane(), 1, Integer::sum));
        return sizes;
    }
}
