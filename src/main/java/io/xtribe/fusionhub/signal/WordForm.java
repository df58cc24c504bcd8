package io.xtribe.fusionhub.signal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form in which two spellings of a vendor's word are the same: {@code No Data}, {@code no-data} and {@code NoData}. Case,
 * blanks around it, and blanks, dashes, underscores and colons behind a letter or a digit do not count; a sign before the
 * word does, so that {@code -1} is not {@code 1}.
 */
public final class WordForm {

    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");
    private static final Pattern BETWEEN = Pattern.compile("(?<=[\\p{L}\\p{N}])[\\s\\p{Z}\\p{Pd}_:]+");

    private WordForm() {}

    /** The form of a word; empty only where the word is empty or blank. */
    public static String of(String word) {
        var bare = AROUND.matcher(word).replaceAll("");
        return BETWEEN.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The word without blanks around it. */
    public static String stripped(String word) {
        return AROUND.matcher(word).replaceAll("");
    }
}
