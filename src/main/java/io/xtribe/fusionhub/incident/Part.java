package io.xtribe.fusionhub.incident;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One record of an incident on one platform, as far as the hub knows it.
 *
 * @param keyNumber 1, or more after a record that could not be reopened; see {@code PlatformKey}
 * @param reference the record, once it is known
 * @param known what it was last seen to show
 * @param attempt a create that may have happened
 * @param suspect whether a create followed one of unknown outcome, so that a second record of ours may turn up
 * @param recheck when to look for that second record once more, or null
 * @param duplicates ids of second records of ours that must be closed
 * @param links which URL each place shows: place name to URL
 * @param linking a writing of links that may have happened
 * @param rejections the platform's refusals: operation to its words
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Part(
        int keyNumber,
        Reference reference,
        Known known,
        Attempt attempt,
        boolean suspect,
        Recheck recheck,
        Set<String> duplicates,
        Map<String, String> links,
        Attempt linking,
        Map<String, Rejection> rejections) {

    static final Part UNKNOWN = new Part(1, null, null, null, false, null, Set.of(), Map.of(), null, Map.of());

    public Part {
        keyNumber = Math.max(1, keyNumber);
        duplicates = duplicates == null ? Set.of() : Set.copyOf(duplicates);
        links = links == null ? Map.of() : Map.copyOf(links);
        rejections = rejections == null ? Map.of() : Map.copyOf(rejections);
    }

    @JsonIgnore
    public boolean isOpened() {
        return reference != null;
    }

    /** What the platform refused of this generation, and has not taken since, by the operation. */
    public List<Rejection> rejectionsOf(long generation) {
        return rejections.values().stream()
                .filter(refusal -> refusal.generation() == generation)
                .sorted(Comparator.comparing(Rejection::operation))
                .toList();
    }

    /** A create is about to be made. */
    public Part attempting(Attempt next) {
        return new Part(
                keyNumber, reference, known, next, suspect, recheck, duplicates, links, linking, without("open"));
    }

    /** The attempt ended, and it is known that nothing was created. */
    public Part notCreated() {
        return new Part(keyNumber, reference, known, null, suspect, recheck, duplicates, links, linking, rejections);
    }

    /** A create after one of unknown outcome: a second record may turn up until the recheck says otherwise. */
    public Part suspecting(Recheck later) {
        return new Part(keyNumber, reference, known, attempt, true, later, duplicates, links, linking, rejections);
    }

    /** The recheck found nothing more. */
    public Part rechecked() {
        return new Part(keyNumber, reference, known, attempt, suspect, null, duplicates, links, linking, rejections);
    }

    /** The record is known: by the answer to our create, by its webhook, or by a find. */
    public Part opened(Reference record, Known shows) {
        var next = reference == null ? record : reference.completedBy(record);
        return new Part(
                keyNumber,
                next,
                known == null ? shows : known,
                null,
                suspect,
                recheck,
                duplicates,
                links,
                linking,
                null);
    }

    /** The platform shows this now. */
    public Part showing(Known shows) {
        return new Part(keyNumber, reference, shows, attempt, suspect, recheck, duplicates, links, linking, rejections);
    }

    /** Somebody else's key was put where ours would stand: it is theirs from then on. */
    public Part taken() {
        return new Part(
                keyNumber, reference.taken(), known, attempt, suspect, recheck, duplicates, links, linking, rejections);
    }

    /** The platform was brought to this state by us: an earlier refusal of that is over. */
    public Part updated(Known shows) {
        return new Part(
                keyNumber, reference, shows, attempt, suspect, recheck, duplicates, links, linking, without("update"));
    }

    /** A second record of ours turned up. The one that is linked everywhere is never a duplicate of itself. */
    public Part withDuplicate(String id) {
        if (reference != null && reference.id().equals(id) || duplicates.contains(id)) {
            return this;
        }
        var next = new TreeSet<>(duplicates);
        next.add(id);
        return withDuplicates(next);
    }

    /** The second record was closed. */
    public Part withoutDuplicate(String id) {
        var next = new TreeSet<>(duplicates);
        next.remove(id);
        return withDuplicates(next);
    }

    /** A refusal to close was about another one: these are tried again. */
    private Part withDuplicates(Set<String> next) {
        return new Part(keyNumber, reference, known, attempt, suspect, recheck, next, links, linking, without("close"));
    }

    /** Links are about to be written. */
    public Part linking(Attempt next) {
        return new Part(keyNumber, reference, known, attempt, suspect, recheck, duplicates, links, next, rejections);
    }

    /** These places are known to be shown, and a refusal of them is over; what else was attempted is not. */
    public Part linked(Map<String, String> shown) {
        var next = new TreeMap<>(links);
        next.putAll(shown);
        return new Part(
                keyNumber, reference, known, attempt, suspect, recheck, duplicates, next, null, without("link"));
    }

    /** The platform refused an operation. What else is under way on this record stays so. */
    public Part rejected(Rejection refusal) {
        var next = new TreeMap<>(rejections);
        next.put(refusal.operation(), refusal);
        return new Part(
                keyNumber,
                reference,
                known,
                refusal.operation().equals("open") ? null : attempt,
                suspect,
                recheck,
                duplicates,
                links,
                refusal.operation().equals("link") ? null : linking,
                next);
    }

    private Map<String, Rejection> without(String operation) {
        var next = new TreeMap<>(rejections);
        next.remove(operation);
        return next;
    }
}
