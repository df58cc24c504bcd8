package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.xtribe.fusionhub.signal.Comment;

/**
 * What a platform's comments make of an incident: each that somebody wrote is taken in once, whatever the order and number of
 * the webhooks and lists that tell of it. Pure.
 */
final class Commenting {

    /** How many comments of an incident are known again. */
    static final int KEPT = 200;

    /** How far apart a platform's two reports of one comment may say that it was written. */
    private static final Duration APART = Duration.ofMinutes(10);

    private Commenting() {}

    /** Those that {@link #take} would take in, if the record they stand on belongs to the incident. */
    static List<Comment> unknown(Incident incident, Observation said) {
        return said.comments().stream()
                .filter(told -> !CommentMark.isOurs(told.text())
                        && find(incident.comments(), said.platform(), told) < 0
                        && !isForgotten(incident, said.platform(), told))
                .toList();
    }

    /** Only of the record that belongs to the incident: a copy of it has a conversation of its own. */
    static Change take(Incident incident, Observation said) {
        if (said.comments().isEmpty() || !isItsRecord(incident, said)) {
            return new Change(incident, List.of());
        }
        var notes = new ArrayList<String>();
        var next = incident;
        for (var told : said.comments()) {
            if (!CommentMark.isOurs(told.text())) {
                next = take(next, said.platform(), told, notes);
            }
        }
        return new Change(
                next, notes.stream().map(text -> new Note(Rule.COMMENT, text)).toList());
    }

    /** The hub says something of its own on the platforms, once, except on some. */
    static Incident say(Incident incident, String text, Instant at, Set<String> elsewhere) {
        return say(incident, KeptComment.ofHub(text, at, elsewhere));
    }

    /** The same, to which more may be added as long as nothing follows and no platform has it. */
    static Incident sayAndGather(Incident incident, String text, Instant at) {
        return say(incident, KeptComment.ofHub(text, at, Set.of()).withGathers(true));
    }

    private static Incident say(Incident incident, KeptComment comment) {
        if (incident.comments().stream().anyMatch(one -> one.key().equals(comment.key()))) {
            return incident;
        }
        var comments = new ArrayList<>(incident.comments());
        comments.add(comment);
        return bounded(incident.withComments(comments), new ArrayList<>()).unsettled();
    }

    private static boolean isItsRecord(Incident incident, Observation said) {
        var part = incident.part(said.platform(), said.part());
        return said.record() != null
                && part.isOpened()
                && part.reference().id().equals(said.record().id());
    }

    private static Incident take(Incident incident, String platform, Comment told, List<String> notes) {
        var comments = new ArrayList<>(incident.comments());
        var known = find(comments, platform, told);
        if (known >= 0) {
            comments.set(known, comments.get(known).withId(told));
            return incident.withComments(comments);
        }
        if (isForgotten(incident, platform, told)) {
            return incident;
        }
        comments.add(placeOf(comments, platform, told), KeptComment.of(platform, told));
        notes.add("a comment of " + (told.author().isEmpty() ? "somebody" : told.author()) + " on " + platform
                + ", for the other platforms");
        var next = bounded(incident.withComments(comments), notes);
        // Whether what began still stands is not asked anew for a comment.
        return incident.unconfirmed() ? next : next.unsettled();
    }

    private static int find(List<KeptComment> comments, String platform, Comment told) {
        for (int at = 0; at < comments.size(); at++) {
            if (comments.get(at).platform().equals(platform) && comments.get(at).hasId(told)) {
                return at;
            }
        }
        var digest = KeptComment.digestOf(told.text());
        for (int at = 0; at < comments.size(); at++) {
            var one = comments.get(at);
            if (one.platform().equals(platform)
                    && one.digest().equals(digest)
                    && !one.hasIdOfItsSort(told)
                    && isNear(one.at(), told.at())) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isNear(Instant one, Instant other) {
        return one.equals(Instant.EPOCH)
                || other.equals(Instant.EPOCH)
                || Duration.between(one, other).abs().compareTo(APART) <= 0;
    }

    /** After everything that its platform told as earlier: webhooks overtake each other. */
    private static int placeOf(List<KeptComment> comments, String platform, Comment told) {
        for (int at = 0; at < comments.size(); at++) {
            if (comments.get(at).platform().equals(platform)
                    && comments.get(at).at().isAfter(told.at())) {
                return at;
            }
        }
        return comments.size();
    }

    /** A list that reaches back further than the record does brings nothing new from there. */
    private static boolean isForgotten(Incident incident, String platform, Comment told) {
        var until = incident.commentsForgotten().get(platform);
        return until != null && !told.at().isAfter(until);
    }

    private static Incident bounded(Incident incident, List<String> notes) {
        if (incident.comments().size() <= KEPT) {
            return incident;
        }
        var comments = new ArrayList<>(incident.comments());
        var done = comments.stream().filter(one -> !isOwed(incident, one)).findFirst();
        var dropped = done.orElse(comments.get(0));
        comments.remove(dropped);
        if (done.isEmpty()) {
            notes.add("a comment of " + dropped.at() + " on " + dropped.platform() + " is given up: more than " + KEPT
                    + " wait for the other platforms");
        }
        Map<String, Instant> forgotten = new TreeMap<>(incident.commentsForgotten());
        forgotten.merge(dropped.platform(), dropped.at(), (one, other) -> one.isAfter(other) ? one : other);
        return incident.withComments(comments).withCommentsForgotten(forgotten);
    }

    /** Whether some platform with a record lacks it, as far as the record alone tells. */
    private static boolean isOwed(Incident incident, KeptComment comment) {
        return incident.platforms().entrySet().stream()
                .anyMatch(platform -> !comment.standsOn(platform.getKey())
                        && platform.getValue().values().stream().anyMatch(Part::isOpened));
    }

    /** The comment with that key, changed. */
    static Incident changed(Incident incident, String key, UnaryOperator<KeptComment> change) {
        return incident.withComments(incident.comments().stream()
                .map(one -> one.key().equals(key) ? change.apply(one) : one)
                .toList());
    }

    /** What that platform refused is to be tried again. */
    static Incident retried(Incident incident, String platform) {
        return incident.withComments(
                incident.comments().stream().map(one -> one.retriedOn(platform)).toList());
    }
}
