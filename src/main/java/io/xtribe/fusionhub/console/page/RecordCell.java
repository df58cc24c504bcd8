package io.xtribe.fusionhub.console.page;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Shown;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;

/**
 * One record of an incident as the page shows it: pure.
 *
 * @param platform the platform's name
 * @param part which of its records; shown only where it has several
 * @param name what people call it; empty while there is none
 * @param url of its page; empty where there is none, or none that may be a link
 * @param shows the status it shows, in one word; empty where that is not known
 * @param differs whether that is another one than the incident's
 * @param why in words what keeps it from being in step; empty where nothing does
 */
public record RecordCell(
        String platform, String part, String name, String url, String shows, boolean differs, Mark mark, String why) {

    private static final Map<State, String> REASONS = Map.of(
            State.PAUSED, "paused",
            State.BROKEN, "does not answer",
            State.PROBING, "did not answer, and is being tried",
            State.HELD, "asked not to be called for a while",
            State.LIMITED, "rate limit used up");

    /**
     * What is to be said of it.
     *
     * @param status whether the platform can be called
     * @param observe whether no platform is written to
     */
    static RecordCell of(Incident incident, String part, PlatformStatus status, boolean observe) {
        var platform = status.platform();
        var state = incident.part(platform, part);
        var record = state.reference();
        var name = record == null ? "" : record.number().isEmpty() ? record.id() : record.number();
        var shows = state.known() == null || state.known().status().value() == null
                ? ""
                : lower(state.known().status().value());
        var rejections = state.rejectionsOf(incident.generation());
        var mark = mark(incident, state, status, observe);
        var why =
                switch (mark) {
                    case IN_STEP -> "";
                    case REJECTED ->
                        rejections.stream()
                                .map(refusal -> words(refusal, platform))
                                .collect(Collectors.joining("; "));
                    case HELD -> reason(status);
                    case WAITING -> waiting(incident, state);
                    case NONE -> none(incident, state, observe);
                };
        return new RecordCell(
                platform,
                part,
                name,
                record == null ? "" : Links.web(record.url()),
                shows,
                !shows.isEmpty() && !shows.equals(lower(incident.status())),
                mark,
                why);
    }

    private static Mark mark(Incident incident, Part state, PlatformStatus status, boolean observe) {
        if (!state.rejectionsOf(incident.generation()).isEmpty()) {
            return Mark.REJECTED;
        }
        if (!state.isOpened() && (observe || incident.isHeldBack() || state.detached() || isOver(incident, state))) {
            return Mark.NONE;
        }
        if (state.isOpened() && (observe || incident.isSettled() || isInStep(incident, state))) {
            return Mark.IN_STEP;
        }
        return status.state() == State.OK ? Mark.WAITING : Mark.HELD;
    }

    private static boolean isOver(Incident incident, Part state) {
        return incident.status() == Status.RESOLVED && state.attempt() == null;
    }

    private static boolean isInStep(Incident incident, Part state) {
        return state.known() != null
                && incident.linkedAt() != null
                && state.updating() == null
                && state.linking() == null
                && state.reread() == null
                && shows(state.known().status(), incident.status())
                && shows(state.known().priority(), incident.priority());
    }

    private static <T> boolean shows(Shown<T> shown, T wanted) {
        return wanted.equals(shown.value()) || shown.isSettledOnAnotherThan(wanted);
    }

    /** For example {@code paused: Invalid credentials}. */
    static String reason(PlatformStatus status) {
        var reason = REASONS.getOrDefault(status.state(), "");
        return status.words().isEmpty() || status.state() == State.LIMITED
                ? reason
                : reason + ": " + PlainWords.of(withoutName(status.words(), status.platform()));
    }

    /** For example {@code open refused: no such group}. */
    static String words(Rejection refusal, String platform) {
        var words = refusal.words().isEmpty() && refusal.status() > 0 ? "status " + refusal.status() : refusal.words();
        return refusal.operation() + " refused"
                + (words.isEmpty() ? "" : ": " + PlainWords.of(withoutName(words, platform)));
    }

    /** Whoever reads it stands in that platform's column. */
    private static String withoutName(String words, String platform) {
        return words.startsWith(platform + " ") ? words.substring(platform.length() + 1) : words;
    }

    private static String waiting(Incident incident, Part state) {
        if (incident.unconfirmed()) {
            return "the trigger is old: its platform is asked first whether it still stands";
        }
        if (!state.isOpened()) {
            return state.attempt() == null ? "about to be opened" : "being opened";
        }
        return state.linking() != null || incident.linkedAt() == null ? "links follow" : "being brought up to date";
    }

    private static String none(Incident incident, Part state, boolean observe) {
        if (incident.waitsForRelease()) {
            return "held by the storm brake: opened once it is released";
        }
        if (state.detached()) {
            return "detached: none is opened before somebody asks for it";
        }
        return observe ? "observe mode: nothing is opened" : "over before it was opened";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    public boolean isThere() {
        return !name.isEmpty();
    }
}
