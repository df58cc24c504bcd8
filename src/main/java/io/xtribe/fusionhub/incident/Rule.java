package io.xtribe.fusionhub.incident;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** By which rule something was decided, for the timeline; docs/console.md has the table. */
public enum Rule {
    FIRST_SIGN("what is new and urgent enough begins an incident"),
    OLD_TRIGGER("an old trigger is opened only when its platform says that it still stands"),
    STORM_BRAKE(
            "more new incidents than fusion.triggers.per-minute are held until an operator releases or discards them"),
    SERIES("alerts of one monitor belong to the incident that stands"),
    REOPEN_WINDOW("an alert that begins again within fusion.reopen-window opens its incident again"),
    CHANGE("what somebody changes on one platform is done on the others"),
    CONTEST("of two people's changes within fusion.conflict-window the one on the platform that comes first holds"),
    FREEZE("what goes back and forth too often is frozen"),
    STAYS_RESOLVED("who has not seen the end does not take it back"),
    ONLY_TOLD("the end of an alert is only told, where the configuration says so"),
    NO_NEWS("what is known already, or older, changes nothing"),
    UNCLEAR("what has no clear order in time is read from the record"),
    WRITTEN_OVER("a change that the hub has written over is told"),
    UNKNOWN_WORD("a word that no table has counts as not said"),
    NOT_UNDERSTOOD("what is not understood changes nothing"),
    ADOPT("a record that the hub has opened is the incident's, whoever tells of it first"),
    SECOND_RECORD("a second record that the hub has opened by mistake is closed"),
    COPY("somebody's copy of a record is left alone"),
    FORMER_RECORD("a record that is the incident's no more changes nothing"),
    SUCCESSOR("a record that cannot be opened again is followed by another one"),
    MERGE("a merge is followed to its survivor"),
    LOST_LINK("links that somebody has removed are written again"),
    MOVED("links follow a page that has moved"),
    COMMENT("what a person writes is written on the others"),
    CONVERGE("a platform is brought to what is desired"),
    LOOK_FIRST("after a call of unknown outcome what stands is read before anything is written"),
    LATER("what had no effect is tried again later"),
    REFUSED("what is refused is tried again only when its cause may be mended"),
    LESS_TEXT("what may be refused for its text is sent with less of it"),
    OBSERVE("in observe mode nothing is written"),
    MENDED("what was refused is tried again when a platform works again or is configured anew"),
    SECOND_WAY("people who are not paged in time hear of it in another way"),
    OPERATOR("an operator asked for it"),
    JOB("a job was asked for it");

    private final String words;

    Rule(String words) {
        this.words = words;
    }

    /** The rule in one line, for people. */
    public String words() {
        return words;
    }

    /** As it stands in the timeline, for example {@code first-sign}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
