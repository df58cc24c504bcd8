package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
                return Change.of(incident.confirmed(), Rule.OLD_TRIGGER, "the old trigger still stands, it is opened");
            }
            return Change.of(
                    Confirming.notConfirmed(incident, said),
                    Rule.OLD_TRIGGER,
                    "the old trigger does not stand any more (status '"
                            + said.status().value() + "', priority '"
                            + said.priority().value() + "'), nothing is opened");
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
                    Opening.opened(incident, step, said),
                    Rule.CONVERGE,
                    how + " " + step.subject() + " " + said.record().number() + " "
                            + said.record().url());
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
                return Opening.rechecked(incident, step, ours);
            }
            if (ours.isEmpty()) {
                return Change.of(
                        incident,
                        Rule.LOOK_FIRST,
                        "an earlier create of " + step.subject() + " left nothing so far, looking again later");
            }
            return incident.outcome(step, new Opened(ours.get(0), "found again"))
                    .then(next -> Opening.duplicates(next, step, ours.subList(1, ours.size())));
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
            return Opening.nothingFound(incident, step, attempt, recheck);
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
            return Updating.updated(incident, step, said, hearing);
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
                    Rule.CONVERGE,
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
                    Rule.COMMENT,
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
                    Rule.SECOND_RECORD,
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
            return Updating.readAgain(incident, step, said, hearing);
        }
    }

    /**
     * Nobody knows whether the call had its effect.
     *
     * @param lastingMillis how long it may still have one
     * @param at when the hub gave up waiting for its answer
     */
    record Unknown(String words, long lastingMillis, Instant at) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(
                    step.ifStillBegun(incident, part -> switch (step.operation()) {
                        case OPEN ->
                            part.withoutAnswer().withAttempt(part.attempt().asUncertain());
                        case LINK ->
                            part.failing(step, at).withLinking(part.linking().asUncertain());
                        case COMMENT ->
                            part.failing(step, at).commenting(part.commenting().asUncertain());
                        case UPDATE ->
                            part.failing(step, at)
                                    .rereadAfter(step.recordName(), part.updating(), lastingMillis)
                                    .updating(null);
                        case READ, FIND, CLOSE -> part.failing(step, at);
                    }),
                    Rule.LOOK_FIRST,
                    "the outcome of " + step.description() + " is unknown: " + words);
        }
    }

    /**
     * Creates of a record are answered by nothing of use, though the platform answers what else it is asked: the next one holds nothing
     * that people or alerts have written.
     *
     * @param words how the last one ended
     * @param attempt the next one, which follows at once; null where the last one must be looked for before
     */
    record Doubted(String words, Attempt attempt) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            var next = step.ifStillBegun(incident, part -> part.withoutAnswer()
                    .withPlain(true)
                    .withAttempt(attempt == null ? part.attempt().asUncertain() : attempt));
            return Change.of(
                    next,
                    Rule.LESS_TEXT,
                    step.description() + " failed " + (step.state().unanswered() + 1)
                            + " times while other calls are answered: it is tried with a neutral title, in case its own text is the cause: "
                            + words);
        }
    }

    /**
     * The call had no effect, and may have one later.
     *
     * @param note for the timeline
     * @param at when the platform, which was called, gave no answer of use; null where the call was not made, or the platform refuses all
     */
    record Undone(String note, Instant at) implements Outcome {

        /** The call was not made, or the platform refuses all. */
        public Undone(String note) {
            this(note, null);
        }

        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(
                    step.ifStillBegun(incident, part -> undone(at == null ? part : part.failing(step, at), step)),
                    Rule.LATER,
                    note);
        }

        private Part undone(Part part, Step step) {
            return switch (step.operation()) {
                case OPEN -> (at == null ? part : part.withoutAnswer()).notCreated();
                // Some of its several calls may have been made: what stands is read before the rest is written.
                case LINK -> part.withLinking(part.linking().asUncertain());
                case UPDATE -> part.updating(null);
                // What an earlier call left must still be read before the next one writes.
                case COMMENT ->
                    part.commenting(step.afterUnknown() ? part.commenting().asUncertain() : null);
                case READ, FIND, CLOSE -> part;
            };
        }
    }

    /**
     * The platform refused it.
     *
     * @param status of the answer, or 0
     * @param words the platform's
     * @param at when the hub heard it
     * @param configuration a mark of how the platform is configured, or null
     * @param lastingMillis where nobody knows whether the call had its effect, how long it may still have one; else 0
     * @param isSilent whether it did not say so: this work failed again and again while the platform answered what else it was asked
     */
    record Refused(int status, String words, Instant at, String configuration, long lastingMillis, boolean isSilent)
            implements Outcome {

        /** It had no effect. */
        public Refused(int status, String words, Instant at, String configuration) {
            this(status, words, at, configuration, 0, false);
        }

        @Override
        public Change on(Incident incident, Step step) {
            var told = isSilent ? why(step) + ": " + words : words;
            var refusal =
                    new Rejection(step.work(), status, told, step.incident().generation(), at, configuration);
            return Change.of(
                    step.concernsOrigin()
                            ? incident.rejected(refusal)
                            : step.ifStillBegun(
                                    withoutComment(incident, step),
                                    part -> afterIts(counted(part, step), step).rejected(refusal)),
                    Rule.REFUSED,
                    step.description() + (isSilent ? note(step) : " was refused: ") + words);
        }

        private static String why(Step step) {
            return "failed " + (step.state().failures(step.task()) + 1) + " times in a row while " + step.platform()
                    + " answers what else it is asked";
        }

        private static String note(Step step) {
            return " " + why(step)
                    + ": something on the way may refuse it. It counts as refused, what comes after it goes on. "
                    + "It is tried again now and then for a day, and at once by retry. The last answer: ";
        }

        /** A text is tried again for a day, whoever refused it; other work where nobody said that it is refused. */
        private Part counted(Part part, Step step) {
            return isSilent || step.isOfText()
                    ? part.failing(step, at)
                    : part.withoutFailed(task -> task.equals(step.task()));
        }

        /** What a write of unknown outcome has left is read. */
        private Part afterIts(Part part, Step step) {
            return lastingMillis > 0 && step.operation() == Operation.UPDATE
                    ? part.rereadAfter(step.recordName(), part.updating(), lastingMillis)
                    : part;
        }

        /** Also where an earlier call may have written it, and it could not be read whether it has. */
        private boolean mayStand(Step step) {
            return lastingMillis > 0 || step.afterUnknown();
        }

        /** The comments after it are not kept back for it. */
        private Incident withoutComment(Incident incident, Step step) {
            return step.comment() == null
                    ? incident
                    : Commenting.changed(incident, step.comment().key(), comment -> (mayStand(step)
                                    ? comment.doubtedOn(step.platform())
                                    : comment)
                            .refusedBy(step.platform(), step.incident().generation()));
        }
    }

    /** The platform answers nothing at all: that this work has failed says nothing of the work. */
    record Away() implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return new Change(
                    step.changeIn(incident, part -> part.withoutFailed(task -> task.equals(step.task()))), List.of());
        }
    }

    /** The platform says that nothing had to be done. */
    record Already(String words) implements Outcome {
        @Override
        public Change on(Incident incident, Step step) {
            return Change.of(asDone(incident, step), Rule.CONVERGE, step.description() + " was not needed: " + words);
        }
    }

    /** What the step was to bring about counts as shown. */
    private static Incident asDone(Incident incident, Step step) {
        return switch (step.operation()) {
            case UPDATE ->
                step.changeIn(incident, part -> part.showing(Updating.assumed(part.known(), step.desired()))
                        .updating(null));
            case LINK ->
                incident.outcome(step, new Linked(List.copyOf(step.links().keySet())))
                        .incident();
            case COMMENT -> incident.outcome(step, new Commented()).incident();
            case CLOSE -> incident.outcome(step, new Closed()).incident();
            case READ, OPEN, FIND -> incident;
        };
    }
}
