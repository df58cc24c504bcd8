package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.immutables.value.Value;

import io.xtribe.fusionhub.signal.PlatformKey;

/**
 * One record of an incident on one platform, as far as the hub knows it.
 *
 * @param keyNumber 1, or more after a record that could not be reopened; see {@code PlatformKey}
 * @param reference the record, once it is known
 * @param known what it was last seen to show
 * @param attempt a create that may have happened
 * @param unanswered creates in a row that were made and ended without a record and without a refusal
 * @param plain whether the next create holds nothing that people or alerts have written, since such texts may be why there is no answer
 * @param suspect whether a create followed one of unknown outcome, so that a second record of ours may turn up
 * @param recheck when to look for that second record once more, or null
 * @param duplicates ids of second records of ours that must be closed
 * @param reread when to read what it shows, which cannot be told from what was heard, or null
 * @param links which URL each place shows: place name to URL
 * @param repairs links that were gone from their place: place name to how often and when that was seen
 * @param linking a writing of links that may have happened
 * @param updating a write of status or priority that may have happened; its target holds what was sent
 * @param commenting a writing of a comment that may have happened; its target holds the comment's key
 * @param failedWork what the platform has not done so far and was asked for, by {@link Step#task}
 * @param rejections the platform's refusals: operation to its words
 * @param detached whether an operator took the record away, so that none is opened before one is asked for
 * @param closed whether its record shows a state that cannot be left
 * @param former records that were the incident's and are no more, the latest last
 * @param others what a newer hub wrote and this one does not know; kept as it is
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Part(
        int keyNumber,
        Reference reference,
        Known known,
        Attempt attempt,
        int unanswered,
        boolean plain,
        boolean suspect,
        Recheck recheck,
        Reread reread,
        Set<String> duplicates,
        Map<String, String> links,
        Map<String, Repair> repairs,
        Attempt linking,
        Attempt updating,
        Attempt commenting,
        Map<String, FailedWork> failedWork,
        Map<String, Rejection> rejections,
        boolean detached,
        boolean closed,
        List<Former> former,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> others)
        implements WithPart {

    /** What the target of an attempt to comment holds: the comment's key. */
    public static final String COMMENT = "comment";
    /** What a refusal of a title is of: the status and the priority are written all the same. */
    public static final String TITLE = "title";
    /** More than an incident ever has; the oldest goes first. */
    private static final int FORMER_LIMIT = 20;

    static final Part UNKNOWN = new PartBuilder().build();

    public Part {
        keyNumber = Math.max(1, keyNumber);
        duplicates = duplicates == null || duplicates.isEmpty()
                ? Set.of()
                : Collections.unmodifiableSet(new TreeSet<>(duplicates));
        links = links == null ? Map.of() : Map.copyOf(links);
        repairs = repairs == null ? Map.of() : Map.copyOf(repairs);
        failedWork = failedWork == null ? Map.of() : Map.copyOf(failedWork);
        rejections = rejections == null ? Map.of() : Map.copyOf(rejections);
        former = former == null ? List.of() : List.copyOf(former);
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    @JsonIgnore
    public boolean isOpened() {
        return reference != null;
    }

    /** Whether it is this attempt that stands here, however it ended. */
    boolean hasAttempt(Attempt other) {
        return attempt != null && attempt.isSameAs(other);
    }

    /** What a record of this incident carries here. */
    PlatformKey key(String correlationId) {
        return new PlatformKey(correlationId, keyNumber);
    }

    /** The record of that id, where it was this incident's and is no more. */
    public Optional<Former> former(String id) {
        return former.stream().filter(record -> record.id().equals(id)).findFirst();
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
        return changed().attempt(next).rejections(without("open")).build();
    }

    /** The attempt ended, and it is known that nothing was created. */
    public Part notCreated() {
        return withAttempt(null);
    }

    /** A create of this record ended without a record and without a refusal. */
    Part withoutAnswer() {
        return changed().unanswered(unanswered + 1).plain(false).build();
    }

    /** A create after one of unknown outcome: a second record may turn up until the recheck says otherwise. */
    public Part suspecting(Recheck later) {
        return changed().suspect(true).recheck(later).build();
    }

    /** The recheck found nothing more. */
    public Part rechecked() {
        return withRecheck(null);
    }

    /** What it shows is read. A read that is due after a write of unknown outcome is not made earlier, nor forgotten. */
    public Part rereading(Reread next) {
        return reread != null && reread.afterMillis() > next.afterMillis() ? this : withReread(next);
    }

    /** Whether a write of the hub that is under way, or of unknown outcome, may have brought this status. */
    boolean mayHaveSent(Status told) {
        return told != null
                && (reread != null && reread.statuses().contains(told) || isBeingSent(Contest.STATUS, told));
    }

    boolean mayHaveSent(Priority told) {
        return told != null
                && (reread != null && reread.priorities().contains(told) || isBeingSent(Contest.PRIORITY, told));
    }

    boolean mayHaveSentTitle(String told) {
        return told != null
                && (reread != null && reread.titles().stream().anyMatch(sent -> Title.mayShow(told, sent))
                        || updating != null
                                && updating.target().containsKey(Contest.TITLE)
                                && Title.mayShow(told, updating.target().get(Contest.TITLE)));
    }

    private boolean isBeingSent(String field, Enum<?> told) {
        return updating != null && told.name().equals(updating.target().get(field));
    }

    /** A write of status or priority is about to be made. */
    public Part updating(Attempt next) {
        return withUpdating(next);
    }

    /** A write of status or priority may have had its effect, or have it for a while yet: what is shown is read after that. */
    public Part rereadAfter(String record, Attempt write, long afterMillis) {
        return write == null ? this : withReread(Reread.ofWrite(record, reread, write.target(), afterMillis));
    }

    /** What one write was: the fields of which the record is known to show another value. */
    public static Map<String, String> sent(Known known, Desired desired) {
        var sent = new TreeMap<String, String>();
        if (desired.title() != null) {
            return Map.of(Contest.TITLE, desired.title());
        }
        if (known.status().value() != desired.status()) {
            sent.put(Contest.STATUS, desired.status().name());
        }
        if (known.priority().value() != desired.priority()) {
            sent.put(Contest.PRIORITY, desired.priority().name());
        }
        return sent;
    }

    /** The record is known: by the answer to our create, by its webhook, or by a find. */
    public Part opened(Reference record, Known shows) {
        return changed()
                .reference(reference == null ? record : reference.completedBy(record))
                .known(known == null ? shows : known)
                .attempt(null)
                .unanswered(0)
                .plain(false)
                .rejections(Map.of())
                .detached(false)
                .build();
    }

    /** An operator said that this record is the one. */
    Part attached(Reference record, Known shows) {
        return changed()
                .former(former.stream()
                        .filter(other -> !other.id().equals(record.id()))
                        .toList())
                .build()
                .opened(record, shows);
    }

    /** The record was there before its incident. What it shows of the others is not known, and looked for. */
    Part adopted(boolean ours, Attempt links) {
        return changed()
                .reference(new ReferenceBuilder().from(reference).ours(ours).build())
                .linking(links)
                .build();
    }

    /** An operator said that the record is not the one. */
    Part detachedNow() {
        return afterIts(Former.Why.DETACHED).withDetached(true);
    }

    /** An operator asks for a record. */
    Part toBeOpened() {
        return changed().detached(false).rejections(without("open")).build();
    }

    /** Its record cannot be opened again: another one is to be opened. */
    Part succeeded() {
        return afterIts(Former.Why.CLOSED);
    }

    /** Its record was merged into this one. */
    Part mergedInto(Reference survivor, Known shows) {
        return afterIts(Former.Why.MERGED).attached(survivor, shows);
    }

    /**
     * The record is the incident's no more. It may still carry our key, so the next one has another: a find takes only the
     * current one. Second records that were found are still to be closed.
     */
    private Part afterIts(Former.Why why) {
        var all = new ArrayList<>(former);
        all.add(Former.of(reference, why));
        return new PartBuilder()
                .keyNumber(keyNumber + 1)
                .duplicates(duplicates)
                .former(all.subList(Math.max(0, all.size() - FORMER_LIMIT), all.size()))
                .others(others)
                .build();
    }

    /** The platform shows this now. */
    public Part showing(Known shows) {
        return withKnown(shows);
    }

    /** Somebody else's key was put where ours would stand: it is theirs from then on. */
    public Part taken() {
        return withReference(reference.taken());
    }

    /** The platform was brought to this state by us: an earlier refusal of that, by the name of the work, is over. */
    public Part updated(Known shows, String work) {
        return changed()
                .known(shows)
                .updating(null)
                .rejections(without(work))
                .failedWork(succeeding(task -> Step.isTask(task, work)))
                .build();
    }

    /** A second record of ours turned up. The one that is linked everywhere is never a duplicate of itself. */
    public Part withDuplicate(String id) {
        if (reference != null && reference.id().equals(id) || duplicates.contains(id)) {
            return this;
        }
        var next = new TreeSet<>(duplicates);
        next.add(id);
        return closing(next);
    }

    /** The second record was closed. */
    public Part withoutDuplicate(String id) {
        var next = new TreeSet<>(duplicates);
        next.remove(id);
        return closing(next);
    }

    /** A refusal to close was about another one: these are tried again. */
    private Part closing(Set<String> next) {
        return changed()
                .duplicates(next)
                .rejections(without("close"))
                .failedWork(succeeding(task -> Step.isTask(task, "close")))
                .build();
    }

    /** Links are about to be written. */
    public Part linking(Attempt next) {
        return withLinking(next);
    }

    /** These places are known to be shown, and a refusal of them is over; what else was attempted is not. */
    public Part linked(Map<String, String> shown) {
        var next = new TreeMap<>(links);
        next.putAll(shown);
        return changed()
                .links(next)
                .linking(null)
                .rejections(without("link"))
                .failedWork(succeeding(task -> Step.isTask(task, "link")))
                .build();
    }

    /** These places do not show their links any more. */
    Part losing(Collection<String> places, Instant at) {
        var left = new TreeMap<>(links);
        left.keySet().removeAll(places);
        var next = new TreeMap<>(repairs);
        places.forEach(place -> next.merge(
                place,
                new Repair(1, at),
                (before, again) -> new Repair(before.times() + 1, again.at(), before.others())));
        return changed().links(left).repairs(next).build();
    }

    /** The record's page is at another address, and what people call the record may have changed with it. */
    Part movedTo(Reference told, Instant at) {
        var number = told.number().isEmpty() ? reference.number() : told.number();
        var next = new TreeMap<>(repairs);
        var before = next.get(Relocation.ADDRESS);
        next.put(
                Relocation.ADDRESS,
                before == null ? new Repair(1, at) : new Repair(before.times() + 1, at, before.others()));
        return changed()
                .reference(new ReferenceBuilder()
                        .from(reference)
                        .url(told.url())
                        .number(number)
                        .build())
                .repairs(next)
                .build();
    }

    /** A comment is about to be written, or nothing is under way any more. */
    public Part commenting(Attempt next) {
        return withCommenting(next);
    }

    /** The comment stands; a refusal of comments is over where none is refused any more. */
    Part commented(String key, boolean isAnyRefused) {
        return changed()
                .commenting(commentUnderWay().equals(key) ? null : commenting)
                .rejections(isAnyRefused ? rejections : without(COMMENT))
                .failedWork(succeeding(Step.task(COMMENT, key)::equals))
                .build();
    }

    /** The key of the comment of which a writing may have happened; empty when there is none. */
    public String commentUnderWay() {
        return commenting == null ? "" : commenting.target().getOrDefault(COMMENT, "");
    }

    /**
     * How often in a row this piece of work was not done.
     *
     * @param task its {@link Step#task}, or null
     */
    public int failures(String task) {
        return task != null && failedWork.containsKey(task)
                ? failedWork.get(task).times()
                : 0;
    }

    /**
     * The step's piece of work was not done. Of all but comments there is one at a time: another title, or another state, takes the place of the
     * one before.
     */
    Part failing(Step step, Instant at) {
        var task = step.task();
        if (task == null) {
            return this;
        }
        var next = new TreeMap<>(failedWork);
        next.keySet()
                .removeIf(other ->
                        !other.equals(task) && !step.work().equals(COMMENT) && Step.isTask(other, step.work()));
        next.merge(task, new FailedWork(1, at), (before, now) -> before.again());
        return withFailedWork(next);
    }

    /** This work was done, or refused, or what it failed for says nothing of it. */
    Part withoutFailed(Predicate<String> tasks) {
        return withFailedWork(succeeding(tasks));
    }

    private Map<String, FailedWork> succeeding(Predicate<String> tasks) {
        var next = new TreeMap<>(failedWork);
        next.keySet().removeIf(tasks);
        return next;
    }

    /**
     * The platform refused an operation. What else is under way on this record stays so. Of links some may stand, by this
     * attempt or one before it: should they be tried again, what stands is read first.
     */
    public Part rejected(Rejection refusal) {
        var next = new TreeMap<>(rejections);
        next.put(refusal.operation(), refusal);
        var isOfCreate = refusal.operation().equals("open");
        return changed()
                .rejections(next)
                .attempt(isOfCreate ? null : attempt)
                .unanswered(isOfCreate ? 0 : unanswered)
                .plain(!isOfCreate && plain)
                .linking(refusal.operation().equals("link") && linking != null ? linking.asUncertain() : linking)
                .updating(
                        refusal.operation().equals("update")
                                        || refusal.operation().equals(TITLE)
                                ? null
                                : updating)
                .commenting(refusal.operation().equals("comment") ? null : commenting)
                .build();
    }

    /** These refusals stand no more: what was refused is tried again. */
    Part without(Collection<Rejection> refusals) {
        var next = new TreeMap<>(rejections);
        next.values().removeAll(refusals);
        return changed().rejections(next).build();
    }

    private Map<String, Rejection> without(String operation) {
        var next = new TreeMap<>(rejections);
        next.remove(operation);
        return next;
    }

    private PartBuilder changed() {
        return new PartBuilder().from(this);
    }
}
