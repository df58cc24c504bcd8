package io.xtribe.fusionhub.platform.availability;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What waits for a platform: by lane, and within a lane by arrival. Not safe for several threads. */
final class WaitingList {

    private record Place(Wish wish, long arrival) {}

    private final Map<String, Place> places = new HashMap<>();
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
