package io.xtribe.fusionhub.platform.availability;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Reads what an answer says about limits and waiting. A point in time is read against the answer's own {@code Date}, so that
 * the clocks of two hosts are not compared; only without one against the clock of this host.
 */
final class AnswerHeaders {

    private static final int MOST_DIGITS = 12;

    private final RateRule.Headers names;
    private final UnaryOperator<String> values;

    /**
     * The headers of one answer.
     *
     * @param values a header's value by its name; null when it is not there
     */
    AnswerHeaders(RateRule.Headers names, UnaryOperator<String> values) {
        this.names = names;
        this.values = values;
    }

    OptionalLong limit() {
        return number(names.limit());
    }

    OptionalLong remaining() {
        return number(names.remaining());
    }

    Optional<Duration> period() {
        return seconds(number(names.period()));
    }

    /** How long until the window ends. */
    Optional<Duration> reset() {
        var told = number(names.reset());
        return names.resetIsTime() && told.isPresent()
                ? Optional.of(until(Instant.ofEpochSecond(told.getAsLong())))
                : seconds(told);
    }

    Optional<String> name() {
        return text(names.name());
    }

    /** How long the vendor asks to wait: as seconds, as a date, or as the end of its window. */
    Optional<Duration> retryAfter() {
        return text("Retry-After").flatMap(this::wait).or(this::reset);
    }

    private Optional<Duration> wait(String text) {
        var number = parse(text);
        return number.isPresent() ? seconds(number) : read(text).map(this::until);
    }

    /** When the answer was written, in whole seconds of the vendor's clock, as {@link #read} reads it. */
    Optional<String> date() {
        return text("Date");
    }

    private Duration until(Instant time) {
        var now = date().flatMap(AnswerHeaders::read).orElseGet(Instant::now);
        var left = Duration.between(now, time);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A point in time as HTTP writes it; empty where it is none. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(OptionalLong number) {
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsLong())) : Optional.empty();
    }

    private OptionalLong number(String header) {
        return text(header).map(AnswerHeaders::parse).orElse(OptionalLong.empty());
    }

    private static OptionalLong parse(String text) {
        var isNumber = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        return isNumber ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private Optional<String> text(String header) {
        return header.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(values.apply(header)).map(String::strip);
    }
}
