package io.xtribe.fusionhub.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Finds which records belong together because one shows the other: by its URL anywhere in a field, or by what a pattern takes out of a
 * field, such as the number that scripts wrote into descriptions before. Pure.
 */
final class Pointers {

    private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>\\[\\]()|]+");

    private final Optional<Pattern> pattern;
    private final Places places;

    /** Finds which record of a platform a URL leads to, by the forms that the platform's folder names. */
    @FunctionalInterface
    interface Places {
        /** The names, as {@link Candidate#name} has them, of the records that it may lead to. */
        List<String> of(String url);
    }

    /**
     * A finder.
     *
     * @param pattern its first group is the number, the id or the URL of a record on another platform
     * @param places knows the forms of URLs
     */
    Pointers(Optional<Pattern> pattern, Places places) {
        this.pattern = pattern;
        this.places = places;
    }

    /** Groups of what belongs together, by a key of ours or by what they show, each with the earliest first; of one platform's part each has one at most. */
    List<List<Candidate>> groups(List<Candidate> candidates) {
        var byName = new LinkedHashMap<String, List<Candidate>>();
        candidates.stream()
                .sorted(Comparator.comparing((Candidate one) -> one.signal().occurredAt())
                        .thenComparing(Candidate::name))
                .forEach(one -> byName.putIfAbsent(one.name(), new ArrayList<>(List.of(one))));
        var all = byName.values().stream().map(group -> group.get(0)).toList();
        var keys = new HashMap<String, Candidate>();
        all.forEach(one -> one.key().ifPresent(key -> {
            var first = keys.putIfAbsent(key, one);
            if (first != null) {
                join(byName, first, one);
            }
        }));
        var names = names(all);
        all.forEach(one -> pointsAt(one, names).forEach(other -> join(byName, one, other)));
        return byName.values().stream().distinct().toList();
    }

    private static void join(Map<String, List<Candidate>> groups, Candidate one, Candidate other) {
        var mine = groups.get(one.name());
        var its = groups.get(other.name());
        if (mine == its
                || haveOtherKeys(mine, its)
                || mine.stream().anyMatch(member -> its.stream().anyMatch(each -> isSamePlace(member, each)))) {
            return;
        }
        mine.addAll(its);
        mine.sort(Comparator.comparing((Candidate each) -> each.signal().occurredAt())
                .thenComparing(Candidate::name));
        its.forEach(member -> groups.put(member.name(), mine));
    }

    /** Records of two incidents of ours are not one, whatever one says of the other. */
    private static boolean haveOtherKeys(List<Candidate> one, List<Candidate> other) {
        var key = key(one);
        return key.isPresent()
                && key(other).filter(its -> !its.equals(key.get())).isPresent();
    }

    /** The key of ours that a group carries. */
    static Optional<String> key(List<Candidate> group) {
        return group.stream().flatMap(one -> one.key().stream()).findFirst();
    }

    /** An incident has one record of a kind. */
    private static boolean isSamePlace(Candidate one, Candidate other) {
        return one.platform().equals(other.platform()) && place(one).equals(place(other));
    }

    private static String place(Candidate one) {
        return one.signal().record() == null ? "" : one.signal().record().part();
    }

    /** What a record may be called elsewhere. */
    private static Map<String, Candidate> names(List<Candidate> candidates) {
        var names = new HashMap<String, Candidate>();
        for (var one : candidates) {
            var record = one.signal().record();
            if (record != null) {
                for (var name : List.of(record.url(), record.number(), record.id(), one.name())) {
                    if (!name.isEmpty()) {
                        names.put(name, one);
                    }
                }
            }
        }
        return names;
    }

    private List<Candidate> pointsAt(Candidate one, Map<String, Candidate> names) {
        var found = new ArrayList<Candidate>();
        for (var text : texts(one.data(), new ArrayList<>())) {
            URL.matcher(text)
                    .results()
                    .map(match -> match.group().replaceFirst("[.,;:!?]+$", ""))
                    .forEach(url -> {
                        add(found, one, names.get(url));
                        places.of(url).stream()
                                .map(names::get)
                                .filter(other -> other != null && isSameHost(url, other))
                                .forEach(other -> add(found, one, other));
                    });
            pattern.ifPresent(words -> words.matcher(text)
                    .results()
                    .filter(match -> match.groupCount() > 0 && match.group(1) != null)
                    .forEach(match -> add(found, one, names.get(match.group(1)))));
        }
        return found;
    }

    /** Another instance, such as a clone, has records with the same ids. */
    private static boolean isSameHost(String url, Candidate other) {
        return host(url).equals(host(other.signal().record().url()));
    }

    private static String host(String url) {
        return url.replaceFirst("^https?://", "").replaceFirst("[/?#].*$", "");
    }

    private static void add(List<Candidate> found, Candidate one, Candidate other) {
        if (other != null && !other.platform().equals(one.platform())) {
            found.add(other);
        }
    }

    private static List<String> texts(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else {
            node.forEach(child -> texts(child, texts));
        }
        return texts;
    }
}
