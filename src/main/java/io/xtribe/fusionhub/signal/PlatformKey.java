package io.xtribe.fusionhub.signal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key a record of ours carries on its platform: the correlation id, and from the second record on a number
 * behind it ({@code fx-<32 hex>}, {@code fx-<32 hex>.2}). Made so that it can be recognised in free text.
 *
 * @param correlationId {@code fx-} and 32 lower-case hex digits
 * @param number 1 for the first record of an incident on a platform, 2 after one that cannot be reopened
 */
public record PlatformKey(String correlationId, int number) {

    private static final Pattern KEY =
            Pattern.compile("(?<![0-9A-Za-z])(fx-[0-9a-f]{32})(?:\\.([1-9][0-9]{0,3}))?(?![0-9a-f])");

    /** The first key of ours in a text, as vendors hand our fields back inside longer ones. */
    public static Optional<PlatformKey> findIn(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        var matcher = KEY.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new PlatformKey(matcher.group(1), matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2))));
    }

    @Override
    public String toString() {
        return number == 1 ? correlationId : correlationId + "." + number;
    }
}
