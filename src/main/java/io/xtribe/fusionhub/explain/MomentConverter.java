package io.xtribe.fusionhub.explain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An ISO instant, or a time back from now. */
final class MomentConverter implements ITypeConverter<Instant> {

    private static final Pattern BACK = Pattern.compile("(\\d{1,6})([smhdw])");

    @Override
    public Instant convert(String text) {
        var back = BACK.matcher(text);
        try {
            return back.matches()
                    ? Instant.now().minus(length(Long.parseLong(back.group(1)), back.group(2)))
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time: use 2026-11-29T00:00:00Z, or a time back from now such as 24h or 7d");
        }
    }

    private static Duration length(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(number * 7);
        };
    }
}
