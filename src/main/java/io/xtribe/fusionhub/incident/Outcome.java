package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a step ended, and what that makes of the record: {@link Incident#outcome}. Pure; what must be asked elsewhere, such
 * as whose a record is, is asked before.
 */
public sealed interface Outcome {

    Change on(Incident incident, Step step);

    /** What a record was told to show by it, or null. */
    default Observation told() {
        return null;
    }

    /**
     * The origin was read.
     *
     * @param opening which priorities are opened
     */
    record OriginRead(Observation said, Set<Priority> opening) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            if (!said.isResolved()
                    && said.knownPriority().filter(opening::contains).isPresent()) {
                return Change.of(incident.confirmed(), "the old trigger still stands, it is opened");
            }
            return Change.of(
                    notConfirmed(incident),
                    "the old trigger does not stand any more (status '"
                            + said.status().value() + "', priority '"
                            + said.priority().value() + "'), nothing is opened");
        }

        /**
         * The record becomes what the platform says, so that nothing is left to be done: least of all may a client's own
         * ticket be resolved for having been lowered. It stays unconfirmed; should it be raised again, it is asked again.
         */
        private Incident notConfirmed(Incident incident) {
            var shows = said.known(incident.status(), Priority.P5, incident.title());
            var origin = incident.origin();
            var next = incident;
            for (var name : incident.partsOf(origin.platform()).keySet()) {
                if (isOrigin(incident.part(origin.platform(), name), origin)) {
                    next = next.withPart(origin.platform(), name, part -> part.showing(shows));
                }
            }
            var status = shows.status().value();
            var priority = shows.priority().value();
            var same = status == incident.status() && priority == incident.priority();
            var told = same ? next : next.desiring(status, priority);
            // What was only to be opened again is as it was before, and what is left to do about that is done.
            return incident.cycle() == null ? told.settled(Set.of()) : told.confirmed();
        }

        /** A monitor has no record; what is known of its alert stands in a part all the same. */
        private static boolean isOrigin(Part part, Origin origin) {
            return part.isOpened() ? part.reference().id().equals(origin.subject()) : part.known() != null;
        }
    }

    /**
     * The record is known: it was created, or found again. To be used only where no other incident has it.
     *
     * @param how {@code opened}, or how else it was met
     */
    record Opened(Observation said, String how) implements Outcome {
        @Override
        public Observation told() {
            return said;
        }

        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(
                    opened(incident, step),
                    how + " " + step.subject() + " " + said.record().number() + " "
                            + said.record().url());
        }

        private Incident opened(Incident incident, Step step) {
            var part = incident.part(step.platform(), step.part());
            var id = said.record().id();
            if (part.isOpened() && !part.reference().id().equals(id)) {
                return step.changeIn(incident, current -> current.withDuplicate(id));
            }
            var reference = said.record().withOurs(true);
            var shows = said.known(incident.status(), null, incident.title());
            var opened = step.changeIn(incident, current -> current.opened(reference, shows));
            // A webhook that was faster has been heard already.
            return part.isOpened() ? opened : opened.metAt(shows.status().value());
        }
    }

    /**
     * A find brought up records that carry our key, or none.
     *
     * @param ours the records that really carry it, the one to be kept first
     */
    record Found(List<Observation> ours) implements Outcome {

        /** Of all that was returned: ServiceNow drops a query part that it does not understand and returns everything. */
        public static Found of(Step step, List<Observation> returned) {
            return new Found(returned.stream()
                    .filter(record -> record.carries(step.key()))
                    .sorted(Comparator.comparing(Observation::isResolved)
                            .thenComparing(record -> record.status().at(), Comparator.reverseOrder()))
                    .toList());
        }

        @Override
        public Change on(Incident incident, Step step) {
            if (step.state().isOpened()) {
                return rechecked(incident, step);
            }
            if (ours.isEmpty()) {
                return Change.of(
                        incident,
                        "an earlier create of " + step.subject() + " left nothing so far, looking again later");
            }
            return incident.outcome(step, new Opened(ours.get(0), "found again"))
                    .then(next -> duplicates(next, step, ours.subList(1, ours.size())));
        }

        private Change rechecked(Incident incident, Step step) {
            var kept = step.state().reference().id();
            var seconds = ours.stream()
                    .filter(record -> !record.record().id().equals(kept) && !record.isResolved())
                    .toList();
            return duplicates(incident, step, seconds)
                    .map(next -> step.conclusive() ? step.changeIn(next, Part::rechecked) : next);
        }

        private static Change duplicates(Incident incident, Step step, List<Observation> seconds) {
            var next = incident;
            for (var second : seconds) {
                next = step.changeIn(
                        next, part -> part.withDuplicate(second.record().id()));
            }
            return new Change(
                    next,
                    seconds.stream()
                            .map(second -> "a second record of ours: " + step.subject() + " "
                                    + second.record().number() + " "
                                    + second.record().url())
                            .toList());
        }
    }

    /**
     * A find brought up nothing, and nothing can turn up any more: the record is created once more.
     *
     * @param attempt the create
     * @param recheck when to look whether its predecessor made a record all the same
     */
    record NothingFound(Attempt attempt, Recheck recheck) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            var now = incident.part(step.platform(), step.part());
            var next = incident;
            if (!now.isOpened() && now.hasAttempt(step.state().attempt())) {
                next = step.changeIn(
                        incident,
                        part -> incident.status() == Status.RESOLVED
                                ? part.notCreated()
                                : part.attempting(attempt).suspecting(recheck));
            }
            // Of several finds that brought nothing up only the first makes an attempt, and it is begun only once.
            var creates = next.part(step.platform(), step.part()).attempt() != null;
            return Change.of(
                    next,
                    "an earlier create of " + step.subject() + " left nothing, "
                            + (creates ? "creating again" : "and none is needed any more"));
        }
    }

    /**
     * The record was written to: the answer says what it shows now.
     *
     * @param hearing when the hub heard it
     */
    record Updated(Observation said, Hearing hearing) implements Outcome {

        @Override
        public Observation told() {
            return said;
        }

        @Override
        public Change on(Incident incident, Step step) {
            var current = incident.part(step.platform(), step.part()).known();
            var seen = SeenFields.answered(incident, step, said, hearing.rules());
            var shows = seen.in(current);
            var updated = step.changeIn(incident, part -> part.updated(shows, step.work()));
            var plain = new Change(updated, List.of(words(step, shows)));
            // What somebody else has changed is desired anew, and a refusal of what was desired before says nothing
            // about that.
            return seen.isByOthers()
                    ? plain.then(
                            next -> Observing.byOthers(next, current.status().value(), seen, said, hearing))
                    : putBack(updated, step).orElse(plain);
        }

        /**
         * A rule of the platform has put the status back at once. It would do so again: that counts as a refusal, or the same
         * write would be made for ever.
         */
        private Optional<Change> putBack(Incident updated, Step step) {
            var sent = step.desired();
            var generation = step.incident().generation();
            var told = said.statusAfter(sent.status());
            if (sent.title() != null
                    || told == null
                    || told == sent.status()
                    || generation != updated.generation()
                    || sent.status() == step.state().known().status().value()
                    || told.compareTo(sent.status()) > 0
                            && told != step.state().known().status().value()) {
                return Optional.empty();
            }
            var words = step.subject() + " was sent " + sent.status() + " and shows " + told
                    + " all the same: something on the platform puts its status back";
            var refusal = new Rejection(Operation.UPDATE.verb(), 0, words, generation, hearing.at());
            return Optional.of(Change.of(step.changeIn(updated, part -> part.rejected(refusal)), words));
        }

        private static String words(Step step, Known shows) {
            var sent = step.desired();
            if (sent.title() != null) {
                return step.subject() + " was given the title '" + sent.title() + "' and is called '"
                        + shows.title().value() + "'";
            }
            var asSent =
                    shows.status().value() == sent.status() && shows.priority().value() == sent.priority();
            return asSent
                    ? "brought " + step.subject() + " to " + sent.status() + " " + sent.priority()
                    : step.subject() + " was sent " + sent.status() + " " + sent.priority() + " and shows "
                            + shows.status().value() + " "
                            + Objects.requireNonNullElse(shows.priority().value(), "without a priority")
                            + missed(sent, shows);
        }

        /** Said once: the same is not sent again, and the lower priority lowers nothing elsewhere. */
        private static String missed(Desired sent, Known shows) {
            return shows.priority().value() == sent.priority()
                    ? ""
                    : ": it cannot be brought to " + sent.priority() + " there, which changes nothing elsewhere";
        }
    }

    /** These places are shown now; a place that was not asked for counts for nothing. */
    record Linked(List<String> places) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            var shown = new TreeMap<String, String>();
            places.stream()
                    .filter(step.links()::containsKey)
                    .forEach(place -> shown.put(place, step.links().get(place).url()));
            return Change.of(
                    step.changeIn(incident, part -> part.linked(shown)),
                    step.subject() + " shows " + String.join(" and ", shown.keySet()));
        }
    }

    /** The comment stands on the step's platform. */
    record Commented() implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            var key = step.comment().key();
            var written = Commenting.changed(incident, key, comment -> comment.writtenOn(step.platform()));
            var isAnyRefused = written.comments().stream()
                    .anyMatch(comment -> comment.isRefusedBy(step.platform(), incident.generation()));
            return Change.of(
                    step.changeIn(written, part -> part.commented(key, isAnyRefused)),
                    step.subject() + " has the comment of " + step.comment().platform() + " of "
                            + step.comment().at());
        }
    }

    /** The second record is closed. */
    record Closed() implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(
                    step.changeIn(incident, part -> part.withoutDuplicate(step.duplicate())),
                    "closed the second record " + step.subject() + " " + step.duplicate());
        }
    }

    /**
     * The record was read, because it could not be told what it shows.
     *
     * @param hearing when the hub heard it
     */
    record ReadAgain(Observation said, Hearing hearing) implements Outcome {
        @Override
        public Observation told() {
            return said;
        }

        @Override
        public Change on(Incident incident, Step step) {
            var part = incident.part(step.platform(), step.part());
            var known = part.known();
            var planned = step.state().known();
            var seen = SeenFields.read(incident, step, said, hearing.rules());
            // Something that was heard meanwhile may be later than this answer: it is read once more.
            var isOver = known.equals(planned)
                    && Objects.equals(part.reread(), step.state().reread())
                    && Objects.equals(part.updating(), step.state().updating());
            var next = step.changeIn(incident, current -> {
                var read = current.showing(seen.in(known));
                return isOver ? read.withReread(null).updating(null) : read;
            });
            var words = step.subject() + " shows " + seen.status().shown().value() + " "
                    + Objects.requireNonNullElse(seen.priority().shown().value(), "without a priority");
            return Change.of(next, words)
                    .then(read -> seen.isByOthers()
                            ? Observing.byOthers(read, known.status().value(), seen, said, hearing)
                            : new Change(read, List.of()));
        }
    }

    /**
     * Nobody knows whether the call had its effect.
     *
     * @param lastingMillis how long it may still have one
     */
    record Unknown(String words, long lastingMillis) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(
                    step.ifStillBegun(incident, part -> switch (step.operation()) {
                        case OPEN -> part.withAttempt(part.attempt().asUncertain());
                        case LINK -> part.withLinking(part.linking().asUncertain());
                        case COMMENT -> part.commenting(part.commenting().asUncertain());
                        case UPDATE ->
                            part.rereadAfter(step.recordName(), part.updating(), lastingMillis)
                                    .updating(null);
                        case READ, FIND, CLOSE -> part;
                    }),
                    "the outcome of " + step.description() + " is unknown: " + words);
        }
    }

    /**
     * The call had no effect, and may have one later.
     *
     * @param note for the timeline
     */
    record Undone(String note) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(
                    step.ifStillBegun(incident, part -> switch (step.operation()) {
                        case OPEN -> part.notCreated();
                        // Some of its several calls may have been made: what stands is read before the rest is written.
                        case LINK -> part.withLinking(part.linking().asUncertain());
                        case UPDATE -> part.updating(null);
                        // What an earlier call left must still be read before the next one writes.
                        case COMMENT ->
                            part.commenting(
                                    step.afterUnknown() ? part.commenting().asUncertain() : null);
                        case READ, FIND, CLOSE -> part;
                    }),
                    note);
        }
    }

    /**
     * The platform refused it.
     *
     * @param status of the answer, or 0
     * @param words the platform's
     * @param at when the hub heard it
     * @param configuration a mark of how the platform is configured, or null
     */
    record Refused(int status, String words, Instant at, String configuration) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            var refusal =
                    new Rejection(step.work(), status, words, step.incident().generation(), at, configuration);
            return Change.of(
                    step.concernsOrigin()
                            ? incident.rejected(refusal)
                            : step.ifStillBegun(withoutComment(incident, step), part -> part.rejected(refusal)),
                    step.description() + " was refused: " + words);
        }

        /** The comments after it are not kept back for it. */
        private static Incident withoutComment(Incident incident, Step step) {
            return step.comment() == null
                    ? incident
                    : Commenting.changed(
                            incident,
                            step.comment().key(),
                            comment -> comment.refusedBy(
                                    step.platform(), step.incident().generation()));
        }
    }

    /** The platform says that nothing had to be done. */
    record Already(String words) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(asDone(incident, step), step.description() + " was not needed: " + words);
        }
    }

    /** What the step was to bring about counts as shown. */
    private static Incident asDone(Incident incident, Step step) {
        return switch (step.operation()) {
            case UPDATE ->
                step.changeIn(incident, part -> part.showing(assumed(part.known(), step.desired()))
                        .updating(null));
            case LINK ->
                incident.outcome(step, new Linked(List.copyOf(step.links().keySet())))
                        .incident();
            case COMMENT -> incident.outcome(step, new Commented()).incident();
            case CLOSE -> incident.outcome(step, new Closed()).incident();
            case READ, OPEN, FIND -> incident;
        };
    }

    private static Known assumed(Known known, Desired wanted) {
        return wanted.title() == null
                ? known.with(
                        known.status().assumed(wanted.status()),
                        known.priority().assumed(wanted.priority()),
                        known.title())
                : known.with(known.status(), known.priority(), Title.given(known.title(), wanted.title()));
    }
}
