package io.xtribe.fusionhub.deploy;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a CronWorkflow's schedules and time zone can be read. */
record CronRules(Consumer<String> problems) {

    /** The least and the greatest of minute, hour, day, month and weekday. */
    private static final List<int[]> RANGES =
            List.of(new int[] {0, 59}, new int[] {0, 23}, new int[] {1, 31}, new int[] {1, 12}, new int[] {0, 6});

    void check(JsonNode spec) {
        spec.path("schedules").forEach(schedule -> schedule(schedule.asText()));
        try {
            ZoneId.of(spec.path("timezone").asText());
        } catch (DateTimeException e) {
            problems.accept("no time zone: " + spec.path("timezone"));
        }
    }

    private void schedule(String schedule) {
        var fields = schedule.split(" ");
        var isRight = fields.length == RANGES.size()
                && Stream.iterate(0, at -> at + 1)
                        .limit(RANGES.size())
                        .allMatch(at -> field(fields[at], RANGES.get(at)));
        if (!isRight) {
            problems.accept("no schedule: " + schedule);
        }
    }

    private static boolean field(String field, int[] range) {
        return Stream.of(field.split(",", -1)).allMatch(part -> {
            var numbers = part.replaceFirst("/[1-9][0-9]?$", "").split("-", -1);
            return numbers.length == 1 && numbers[0].equals("*")
                    || numbers.length <= 2 && Stream.of(numbers).allMatch(number -> isWithin(number, range));
        });
    }

    private static boolean isWithin(String number, int[] range) {
        return number.matches("[0-9]{1,2}")
                && Integer.parseInt(number) >= range[0]
                && Integer.parseInt(number) <= range[1];
    }
}
