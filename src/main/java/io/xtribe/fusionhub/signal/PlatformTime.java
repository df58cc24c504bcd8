package io.xtribe.fusionhub.signal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Reads times as vendors write them: epoch milliseconds as text, ISO 8601, and UTC without a zone. */
public final class PlatformTime {

    private static final DateTimeFormatter UTC_WITHOUT_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{10,16}");

    private PlatformTime() {}

    /**
     * Reads a time.
     *
     * @throws InvalidSignalException when it is in none of the three forms
     */
    public static Instant parse(String text) {
        try {
            if (EPOCH_MILLIS.matcher(text).matches()) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            if (text.indexOf('T') < 0) {
                return LocalDateTime.parse(text, UTC_WITHOUT_ZONE).toInstant(ZoneOffset.UTC);
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidSignalException(
                    "time " + SafeText.quoted(text)
                            + " is neither epoch milliseconds, ISO 8601 nor 'yyyy-MM-dd HH:mm:ss'",
                    e);
        }
    }
}
