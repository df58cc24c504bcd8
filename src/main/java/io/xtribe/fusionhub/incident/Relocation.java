package io.xtribe.fusionhub.incident;

import java.util.List;

/**
 * A record whose page is found under another URL now, as after a case was moved or an account was renamed: the links to it are
 * written again. Pure.
 */
final class Relocation {

    /** In place of a platform's name, under which {@link Part#repairs()} keeps how often that was. */
    static final String ADDRESS = "(address)";

    private Relocation() {}

    /** What it does not tell of the page it does not say. At most as often as a link is repaired. */
    static Change apply(Incident incident, Observation said) {
        if (said.record() == null || incident.status() == Status.RESOLVED) {
            return new Change(incident, List.of());
        }
        var part = incident.part(said.platform(), said.part());
        var url = said.record().url();
        if (url.isBlank()
                || !part.isOpened()
                || !part.reference().id().equals(said.record().id())
                || url.equals(part.reference().url())
                || !LostLinks.isDue(part.repairs().get(ADDRESS), said)) {
            return new Change(incident, List.of());
        }
        return Change.of(
                incident.withPart(
                                said.platform(),
                                said.part(),
                                current -> current.movedTo(
                                        said.record(), said.status().at()))
                        .unsettled(),
                Rule.MOVED,
                said.platform() + " " + said.part() + " is found at " + url
                        + " now: the links to it are written again");
    }
}
