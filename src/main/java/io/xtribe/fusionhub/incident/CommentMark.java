package io.xtribe.fusionhub.incident;

import java.util.regex.Pattern;

/**
 * How what the hub writes as comment, note or work note is known again: it begins with {@code [fusion:<id>]}, and a copy of a
 * comment with {@code [fusion:<id>/<key>]}. At its beginning, because platforms cut the end; in plain letters, because they
 * change anything else.
 */
public final class CommentMark {

    /** However the text goes on. A person's own text may hold a mark further on, as where it quotes a note of ours. */
    private static final Pattern OURS =
            Pattern.compile("\\s*\\[fusion:fx-[0-9a-f]{32}[^\\]]*].*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private CommentMark() {}

    /** The mark of the copy of a comment. */
    public static String of(String incidentId, String key) {
        return "[fusion:" + incidentId + "/" + key + "]";
    }

    /** Whether the hub wrote this text. */
    public static boolean isOurs(String text) {
        return OURS.matcher(text).matches();
    }
}
