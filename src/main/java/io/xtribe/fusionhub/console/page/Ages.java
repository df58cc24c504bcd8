package io.xtribe.fusionhub.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.quarkus.qute.TemplateExtension;

/** Times as the page shows them before a script puts them into the viewer's zone, and where there is no script. */
@TemplateExtension
final class Ages {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Ages() {}

    /** For example {@code 4 min}; one unit, as people say it. */
    static String words(Duration age) {
        var seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** Within the first minute to the millisecond, since that is what is looked for there. */
    static String exactly(Duration time) {
        return time.isNegative() || time.toSeconds() >= 60
                ? words(time)
                : String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1000.0);
    }

    /** How long ago that was. */
    static String age(Instant at) {
        return words(Duration.between(at, Instant.now()));
    }

    static String utc(Instant at) {
        return UTC.format(at);
    }
}
