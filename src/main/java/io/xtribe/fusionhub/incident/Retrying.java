package io.xtribe.fusionhub.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Takes refusals back whose cause may be mended, so that what was refused is planned again. */
final class Retrying {

    private Retrying() {}

    /**
     * Takes the chosen refusals of the present generation back.
     *
     * @param rule why
     * @param chosen asked with the platform and its refusal
     */
    static Change apply(Incident incident, Rule rule, BiPredicate<String, Rejection> chosen) {
        var notes = new ArrayList<String>();
        var next = withoutOrigins(incident, chosen, notes);
        for (var platform : incident.platforms().entrySet()) {
            for (var part : platform.getValue().entrySet()) {
                var refusals = part.getValue().rejectionsOf(incident.generation()).stream()
                        .filter(refusal -> chosen.test(platform.getKey(), refusal))
                        .toList();
                refusals.forEach(refusal -> notes.add(words(refusal, platform.getKey() + " " + part.getKey())));
                if (!refusals.isEmpty()) {
                    next = next.withPart(platform.getKey(), part.getKey(), current -> current.without(refusals));
                    if (refusals.stream()
                            .anyMatch(refusal -> refusal.operation().equals(Operation.COMMENT.verb()))) {
                        next = Commenting.retried(next, platform.getKey());
                    }
                }
            }
        }
        return new Change(
                notes.isEmpty() ? incident : next.unsettled(),
                notes.stream().map(text -> new Note(rule, text)).toList());
    }

    private static Incident withoutOrigins(
            Incident incident, BiPredicate<String, Rejection> chosen, List<String> notes) {
        var origin = incident.origin().platform();
        Map<String, Rejection> left = new TreeMap<>(incident.rejections());
        left.values()
                .removeIf(refusal -> refusal.generation() == incident.generation() && chosen.test(origin, refusal));
        incident.rejections().values().stream()
                .filter(refusal -> !left.containsValue(refusal))
                .sorted(Comparator.comparing(Rejection::operation))
                .forEach(refusal -> notes.add(words(refusal, "the origin on " + origin)));
        return incident.withRejections(left);
    }

    private static String words(Rejection refusal, String subject) {
        return refusal.operation() + " of " + subject + " is tried again, which was refused: " + refusal.words();
    }
}
