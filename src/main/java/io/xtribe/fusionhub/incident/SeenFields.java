package io.xtribe.fusionhub.incident;

/**
 * What an observation makes of the fields that a record was known to show, by how the hub came to hear of it.
 *
 * @param status of the status
 * @param priority of the priority
 * @param title of the title, as it is written there
 */
record SeenFields(Shown.Seen<Status> status, Shown.Seen<Priority> priority, Shown.Seen<String> title) {

    /** Nobody asked for it: a webhook or a poll. */
    static SeenFields reported(Incident incident, Part part, Known known, Observation said, ChangeRules rules) {
        var readable = part.isOpened();
        var status = said.statusAfter(known.status().value());
        var priority = said.knownPriority().orElse(null);
        var title = said.toldTitle();
        var titleDesired = title != null && Title.shows(title, incident.title()) ? title : incident.title();
        return new SeenFields(
                        known.status()
                                .reported(status, said.status(), incident.status(), part.mayHaveSent(status), readable),
                        known.priority()
                                .reported(
                                        priority,
                                        said.priority(),
                                        incident.priority(),
                                        part.mayHaveSent(priority),
                                        readable),
                        known.title()
                                .reported(title, said.title(), titleDesired, part.mayHaveSentTitle(title), readable))
                .withTitle(incident, known, said, rules);
    }

    /** It is the answer to a write of the hub. A field that differed from what was desired was sent, any other was not. */
    static SeenFields answered(Incident incident, Step step, Observation said, ChangeRules rules) {
        var current = incident.part(step.platform(), step.part()).known();
        var planned = step.state().known();
        var sent = step.desired();
        var isTitleSent = sent.title() != null;
        var isStatusSent = !isTitleSent && planned.status().value() != sent.status();
        var isPrioritySent = !isTitleSent && planned.priority().value() != sent.priority();
        var before = isStatusSent ? sent.status() : current.status().value();
        return new SeenFields(
                        takenFurther(
                                isStatusSent,
                                answered(
                                        isStatusSent,
                                        current.status(),
                                        planned.status(),
                                        sent.status(),
                                        said.statusAfter(before),
                                        said.status()),
                                planned.status().value(),
                                sent.status()),
                        answered(
                                isPrioritySent,
                                current.priority(),
                                planned.priority(),
                                sent.priority(),
                                said.knownPriority().orElse(null),
                                said.priority()),
                        answered(
                                isTitleSent,
                                current.title(),
                                planned.title(),
                                sent.title(),
                                said.toldTitle(),
                                said.title()))
                .withTitle(incident, current, said, rules);
    }

    /** The record was read because it could not be told what it shows. */
    static SeenFields read(Incident incident, Step step, Observation said, ChangeRules rules) {
        var part = incident.part(step.platform(), step.part());
        var known = part.known();
        var planned = step.state().known();
        var status = said.statusAfter(known.status().value());
        var priority = said.knownPriority().orElse(null);
        var title = said.toldTitle();
        return new SeenFields(
                        known.status().read(status, planned.status(), said.status(), part.mayHaveSent(status)),
                        known.priority()
                                .read(priority, planned.priority(), said.priority(), part.mayHaveSent(priority)),
                        known.title().read(title, planned.title(), said.title(), part.mayHaveSentTitle(title)))
                .withTitle(incident, known, said, rules);
    }

    /** Whether somebody else than the hub changed one of them. */
    boolean isByOthers() {
        return status.byOthers() || priority.byOthers() || title.byOthers();
    }

    /** Whether only the record itself can tell what it shows. */
    boolean isUnclear() {
        return status.unclear() || priority.unclear() || title.unclear();
    }

    Known in(Known known) {
        return known.with(status.shown(), priority.shown(), title.shown());
    }

    private static <T> Shown.Seen<T> answered(
            boolean isSent, Shown<T> current, Shown<T> planned, T sent, T told, Observation.Field said) {
        return isSent
                ? new Shown.Seen<>(current.written(sent, told, planned, said), false)
                : current.besides(told, planned, said);
    }

    /** Neither what stood there nor what was sent, but further on: somebody was faster, and nothing is taken back. */
    private static Shown.Seen<Status> takenFurther(
            boolean isSent, Shown.Seen<Status> seen, Status before, Status sent) {
        var shows = seen.shown().value();
        return isSent && shows != before && shows.compareTo(sent) > 0 ? new Shown.Seen<>(seen.shown(), true) : seen;
    }

    /**
     * The first title that is ever heard of a record is nobody's change, nor is one that is to be shown nowhere else. Both stay as
     * they are.
     */
    private SeenFields withTitle(Incident incident, Known known, Observation said, ChangeRules rules) {
        if (said.toldTitle() == null) {
            return this;
        }
        var stays = rules.ownTitles().contains(said.platform())
                || rules.ownTitles().contains(incident.origin().platform());
        var isFirst = !known.title().isKnown();
        if (!isFirst && !(stays && (title.byOthers() || title.unclear()))) {
            return this;
        }
        var shown = Title.given(Shown.of(said.toldTitle(), said.title()), incident.title());
        return new SeenFields(status, priority, new Shown.Seen<>(shown, false));
    }
}
