package io.xtribe.fusionhub.incident;

import java.util.Objects;
import java.util.Optional;

/** What is made of the answer to a write, and of a record that was read because it could not be told what it shows. */
final class Updating {

    private Updating() {}

    static Change updated(Incident incident, Step step, Observation said, Hearing hearing) {
        var current = incident.part(step.platform(), step.part()).known();
        var seen = SeenFields.answered(incident, step, said, hearing.rules());
        var shows = seen.in(current);
        var updated = step.changeIn(incident, part -> part.updated(shows, step.work()));
        var plain = Change.of(updated, Rule.CONVERGE, words(step, shows));
        // What somebody else has changed is desired anew, and a refusal of what was desired before says nothing
        // about that.
        return seen.isByOthers()
                ? plain.then(next -> Observing.byOthers(next, current.status().value(), seen, said, hearing))
                : putBack(updated, step, said, hearing).orElse(plain);
    }

    /**
     * A rule of the platform has put the status back at once. It would do so again: that counts as a refusal, or the same
     * write would be made for ever.
     */
    private static Optional<Change> putBack(Incident updated, Step step, Observation said, Hearing hearing) {
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
        return Optional.of(Change.of(step.changeIn(updated, part -> part.rejected(refusal)), Rule.REFUSED, words));
    }

    private static String words(Step step, Known shows) {
        var sent = step.desired();
        if (sent.title() != null) {
            return step.subject() + " was given the title '" + sent.title() + "' and is called '"
                    + shows.title().value() + "'";
        }
        var asSent = shows.status().value() == sent.status() && shows.priority().value() == sent.priority();
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

    static Change readAgain(Incident incident, Step step, Observation said, Hearing hearing) {
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
            return isOver
                    ? read.withReread(null)
                            .updating(null)
                            .withoutFailed(task -> Step.isTask(task, Operation.READ.verb()))
                    : read;
        });
        var words = step.subject() + " shows " + seen.status().shown().value() + " "
                + Objects.requireNonNullElse(seen.priority().shown().value(), "without a priority");
        return Change.of(next, Rule.UNCLEAR, words)
                .then(read -> seen.isByOthers()
                        ? Observing.byOthers(read, known.status().value(), seen, said, hearing)
                        : Change.none(read));
    }

    /** What a write was to bring about counts as shown. */
    static Known assumed(Known known, Desired wanted) {
        return wanted.title() == null
                ? known.with(
                        known.status().assumed(wanted.status()),
                        known.priority().assumed(wanted.priority()),
                        known.title())
                : known.with(known.status(), known.priority(), Title.given(known.title(), wanted.title()));
    }
}
