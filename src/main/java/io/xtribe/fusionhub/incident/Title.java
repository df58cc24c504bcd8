package io.xtribe.fusionhub.incident;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The title of an incident, and how records show it: the mappings put the priority in front of the titles that they write, and
 * platforms cut what is longer than they take.
 */
public final class Title {

    /** The most characters that a platform shows, PagerDuty's limit; what is longer is cut where it is taken in. */
    public static final int LIMIT = 1_024;

    /** No platform takes less: ServiceNow 160 characters, Datadog 255, PagerDuty 1,024, each with the priority in front. */
    private static final int SHORTEST_CUT = 120;

    /** {@code P1}, and as it is called elsewhere: {@code P0}, {@code SEV-1}, {@code SEV1}, {@code Severity 1}. */
    private static final String WORD = "(?:P[0-5]|SEV(?:ERITY)?[\\s_-]?[0-9])";

    /** {@code [P1]}, {@code (P1):}, {@code P1:}, {@code P1 - }, whatever priority it is. */
    private static final Pattern MARK = Pattern.compile(
            "^\\s*(?:(?:\\[\\s*" + WORD + "\\s*]|\\(\\s*" + WORD + "\\s*\\))\\s*(?:[:|\\u2013\\u2014-]\\s*)?" + "|"
                    + WORD + "\\s*[:|]\\s*|" + WORD + "\\s+[\\u2013\\u2014-]\\s+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ALONE = Pattern.compile(WORD, Pattern.CASE_INSENSITIVE);

    private Title() {}

    /**
     * A title without the priority that stands at its beginning; otherwise records would show a priority twice, or two
     * different ones. The title as it was told when it consists of nothing else.
     */
    public static String bare(String title, Priority priority) {
        var bare = last(title, priority);
        return bare.isBlank() ? title : bare.stripLeading();
    }

    /** Whether a title says nothing: it is empty, or a priority is all that it holds. */
    static boolean saysNothing(String title, Priority priority) {
        var last = last(title, priority).strip();
        return last.isEmpty() || ALONE.matcher(last).matches();
    }

    private static String last(String title, Priority priority) {
        var bare = title;
        for (var rest = next(bare, priority); !rest.equals(bare); rest = next(bare, priority)) {
            bare = rest;
        }
        return bare;
    }

    /** Whether what a record shows is this title, with a priority before it or without. */
    static boolean shows(String shown, String title) {
        return isAny(shown, one -> one.equals(title.strip()));
    }

    /** The same where the record may just have been given this title: then it may be cut. */
    static boolean mayShow(String shown, String given) {
        return shows(shown, given) || shown.length() >= SHORTEST_CUT && isAny(shown, given::startsWith);
    }

    private static boolean isAny(String shown, Predicate<String> condition) {
        var bare = Stream.of(Priority.values()).map(priority -> bare(shown, priority));
        return Stream.concat(Stream.of(shown), bare).map(String::strip).anyMatch(condition);
    }

    /** What a record shows that was met, or was given this title. It is not to be given it again, whatever it shows. */
    static Shown<String> given(Shown<String> shown, String title) {
        return shown.value() != null && shows(shown.value(), title) ? shown : shown.givenAlready(title);
    }

    /** Whether a record is to be given this title: not where it shows it, and not where what it was given is shown otherwise. */
    public static boolean isDue(Shown<String> shown, String title) {
        return shown.value() != null && !shown.isSettledOnAnotherThan(title) && !shows(shown.value(), title);
    }

    /**
     * Before other records are given a title that somebody wrote on this one, they are read: of a title no vendor's webhook tells
     * reliably, PagerDuty's and that of a Datadog case no webhook at all, so that somebody's may stand there that nobody has heard of.
     */
    static Incident readingOthers(Incident incident, Observation said) {
        var next = incident;
        for (var platform : incident.platforms().entrySet()) {
            for (var part : platform.getValue().entrySet()) {
                var isItself = platform.getKey().equals(said.platform())
                        && part.getKey().equals(said.part());
                if (!isItself && part.getValue().isOpened()) {
                    var record = Step.recordName(incident.id(), platform.getKey(), part.getKey());
                    next = next.withPart(
                            platform.getKey(),
                            part.getKey(),
                            current -> current.rereading(Reread.beforeTitle(record, incident.generation())));
                }
            }
        }
        return next;
    }

    private static String next(String title, Priority priority) {
        var mark = MARK.matcher(title);
        if (mark.find()) {
            return title.substring(mark.end());
        }
        // A word "P1" may also be a name, so only the incident's own priority is taken for one.
        return title.startsWith(priority + " ")
                ? title.substring(priority.name().length()).stripLeading()
                : title;
    }
}
