package io.xtribe.fusionhub.converge;

import java.util.regex.Pattern;

import io.xtribe.fusionhub.incident.Priority;

/**
 * A title without the priority that somebody wrote at its beginning. The mappings put the current priority in front of each
 * title, so the title would otherwise show a priority twice, or two different ones.
 */
final class BareTitle {

    /** {@code [P1]}, {@code (P1):}, {@code P1:}, {@code P1 - }, whatever priority it is. */
    private static final Pattern MARK = Pattern.compile(
            "^\\s*(?:(?:\\[\\s*P[1-5]\\s*]|\\(\\s*P[1-5]\\s*\\))\\s*(?:[:|\\u2013\\u2014-]\\s*)?"
                    + "|P[1-5]\\s*[:|]\\s*|P[1-5]\\s+[\\u2013\\u2014-]\\s+)",
            Pattern.CASE_INSENSITIVE);

    private BareTitle() {}

    /** The title as it was told when it consists of nothing else. */
    static String of(String title, Priority priority) {
        var bare = title;
        for (var rest = next(bare, priority); !rest.equals(bare); rest = next(bare, priority)) {
            bare = rest;
        }
        return bare.isBlank() ? title : bare.stripLeading();
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
