package io.xtribe.fusionhub.platform.availability;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What waits for a platform: by lane, and within a lane by arrival. Not safe for several threads. */
final class WaitingList {

    private record Place(Wish wish, long arrival) {}

    private final NavigableMap<String, Place> places = new TreeMap<>();
    private final TreeSet<Place> order = new TreeSet<>(
            Comparator.comparing((Place place) -> place.wish().lane()).thenComparing(Place::arrival));
    private long arrivals;

    /** Adds a wish. One that waits already keeps its place, and one that has become more urgent moves up. */
    void add(Wish wish) {
        var known = places.get(wish.key());
        if (known != null && known.wish().lane().compareTo(wish.lane()) <= 0) {
            return;
        }
        remove(wish.key());
        var place = new Place(wish, arrivals++);
        places.put(wish.key(), place);
        order.add(place);
    }

    void remove(String key) {
        var place = places.remove(key);
        if (place != null) {
            order.remove(place);
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

    /** Whether somebody else waits who comes first and to whom this applies. */
    boolean hasBefore(Wish wish, Predicate<Wish> which) {
        for (var place : order) {
            if (place.wish().lane().compareTo(wish.lane()) > 0
                    || place.wish().key().equals(wish.key())) {
                return false;
            }
            if (which.test(place.wish())) {
                return true;
            }
        }
        return false;
    }

    /** A copy, the most urgent first. */
    List<Wish> inOrder() {
        return order.stream().map(Place::wish).toList();
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    Map<Lane, Integer> sizes() {
        var sizes = new EnumMap<Lane, Integer>(Lane.class);
        for (var lane : Lane.values()) {
            sizes.put(lane, 0);
        }
        order.forEach(place -> sizes.merge(place.wish().lane(), 1, Integer::sum));
        return sizes;
    }
}
