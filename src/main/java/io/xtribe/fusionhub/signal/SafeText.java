package io.xtribe.fusionhub.signal;

/** Text from outside, made fit for log lines, headers, messages and the platforms: cut, and without control characters. */
public final class SafeText {

    private static final int QUOTED_LIMIT = 80;
    private static final char REPLACEMENT = '\uFFFD';

    private SafeText() {}

    /** One line of at most that many characters; control characters are written as {@code \}{@code u000a}. */
    public static String line(String text, int limit) {
        var line = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            var point = text.codePointAt(at);
            var written = isPrintable(point) ? Character.toString(point) : "\\u%04x".formatted(point);
            at += Character.charCount(point);
            if (line.length() + written.length() + (at < text.length() ? 3 : 0) > limit) {
                return line.append("...").toString();
            }
            line.append(written);
        }
        return line.toString();
    }

    /** A value as messages show it: in quotes, short, in one line. */
    public static String quoted(String value) {
        return "'" + line(value, QUOTED_LIMIT) + "'";
    }

    /** A title: one line without control characters, cut. */
    public static String title(String text, int limit) {
        return cleaned(text, limit, false);
    }

    /** A text of several lines without other control characters, cut. */
    static String paragraphs(String text, int limit) {
        return cleaned(text, limit, true);
    }

    /** The text cut to that many characters, never in the middle of one. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    /** Whether it holds control characters or halves of characters, which neither keys nor vendors accept. */
    static boolean isClean(String text) {
        return text.codePoints().noneMatch(point -> Character.isISOControl(point) || isHalf(point));
    }

    private static String cleaned(String text, int limit, boolean lines) {
        var cut = cut(text, limit);
        if (isClean(cut)) {
            return cut;
        }
        var clean = new StringBuilder(cut.length());
        cut.codePoints().forEach(point -> {
            if (isHalf(point)) {
                clean.append(REPLACEMENT);
            } else if (Character.isISOControl(point) && !(lines && (point == '\n' || point == '\r' || point == '\t'))) {
                clean.append(' ');
            } else {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
