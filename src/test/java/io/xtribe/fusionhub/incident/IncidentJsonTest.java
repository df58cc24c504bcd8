package io.xtribe.fusionhub.incident;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncidentJsonTest {

    private static final int LIMIT = 64 * 1024;

    @Property(tries = 300)
    void readsWhatItWrote(@ForAll long seed) {
        // Given
        var incident = any(new Random(seed), 40);

        // When
        var again = IncidentJson.read(IncidentJson.write(incident), Incident.class);

        // Then
        assertThat(again).isEqualTo(incident);
    }

    /** What a hub of the first days wrote, without the members that came later. */
    @Test
    void readsWhenARecordOfTheVersionBeforeStarted() {
        var before = new String(IncidentJson.write(Samples.opened()), StandardCharsets.UTF_8)
                .replace("\"startedAt\"", "\"bornAt\"");
        assertThat(before).contains("bornAt");

        assertThat(IncidentJson.read(before.getBytes(StandardCharsets.UTF_8), Incident.class))
                .isEqualTo(Samples.opened());
    }

    @Test
    void takesMissingMembersAsUnknown() {
        // When
        var read = IncidentJson.read(
                ("{\"id\":\"" + Samples.ID + "\",\"generation\":1,\"platforms\":{\"pagerduty\":{\"incident\":"
                                + "{\"reference\":{\"id\":\"P1\",\"number\":\"#1\",\"url\":\"u\",\"ours\":true}}}}}")
                        .getBytes(StandardCharsets.UTF_8),
                Incident.class);

        // Then
        var part = read.part("pagerduty", "incident");
        assertThat(part.keyNumber()).isEqualTo(1);
        assertThat(part.links()).isEmpty();
        assertThat(part.rejections()).isEmpty();
        assertThat(read.hints()).isEqualTo(RoutingHints.NONE);
        assertThat(read.announced()).isEmpty();
        assertThat(read.part("datadog", "case")).isEqualTo(Part.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"status\": \"ON_FIRE\"}", "{\"startedAt\": \"noon\"}"})
    void refusesWhatIsNoRecord(String json) {
        assertThatThrownBy(() -> IncidentJson.read(json.getBytes(StandardCharsets.UTF_8), Incident.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Incident");
    }

    @Test
    void staysUnderItsLimitWithEverythingAnIncidentGathers() {
        // Given
        var incident = any(new Random(1), 200);

        // Then
        assertThat(IncidentJson.write(incident)).hasSizeLessThan(LIMIT);
    }

    /** An arbitrary record with every member in use. */
    static Incident any(Random random, int texts) {
        var platforms = new HashMap<String, Map<String, Part>>();
        for (var platform : Set.of("datadog", "servicenow", "pagerduty")) {
            var parts = new HashMap<String, Part>();
            for (var name : platform.equals("datadog") ? Set.of("incident", "case", "alert") : Set.of("incident")) {
                if (random.nextInt(4) > 0) {
                    parts.put(name, part(random, texts));
                }
            }
            if (!parts.isEmpty()) {
                platforms.put(platform, parts);
            }
        }
        return new IncidentBuilder()
                .id(Samples.ID)
                .generation(random.nextInt(1_000))
                .settledGeneration(random.nextInt(1_000))
                .origin(new Origin("datadog", text(random, texts), text(random, texts), text(random, texts), ""))
                .title(text(random, texts))
                .description(text(random, texts * 10))
                .priority(Priority.values()[random.nextInt(5)])
                .status(Status.values()[random.nextInt(3)])
                .hints(Hints.of(text(random, texts), "", text(random, texts), "", "", ""))
                .startedAt(time(random))
                .receivedAt(time(random))
                .unconfirmed(random.nextBoolean())
                .platforms(platforms)
                .pagedAt(random.nextBoolean() ? time(random) : null)
                .linkedAt(random.nextBoolean() ? time(random) : null)
                .announced(random.nextBoolean() ? Set.of("opened", "changed.2") : null)
                .build();
    }

    private static Part part(Random random, int texts) {
        var links = new HashMap<String, String>();
        var rejections = new HashMap<String, Rejection>();
        var duplicates = new TreeSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            links.put("place" + i, "https://" + text(random, texts));
            rejections.put(
                    "op" + i,
                    new Rejection("op" + i, random.nextInt(500), text(random, texts), random.nextInt(9), time(random)));
            duplicates.add(text(random, texts));
        }
        return new PartBuilder()
                .keyNumber(1 + random.nextInt(3))
                .reference(
                        random.nextBoolean()
                                ? new Reference(
                                        text(random, texts),
                                        text(random, texts),
                                        text(random, texts),
                                        random.nextBoolean(),
                                        random.nextBoolean())
                                : null)
                .known(
                        random.nextBoolean()
                                ? new Known(
                                        Status.values()[random.nextInt(3)],
                                        random.nextBoolean() ? Priority.values()[random.nextInt(5)] : null,
                                        time(random),
                                        random.nextInt(9) - 1)
                                : null)
                .attempt(random.nextBoolean() ? attempt(random) : null)
                .suspect(random.nextBoolean())
                .recheck(
                        random.nextBoolean() ? new Recheck("token-" + random.nextInt(), random.nextInt(600_000)) : null)
                .duplicates(duplicates)
                .links(links)
                .linking(random.nextBoolean() ? attempt(random) : null)
                .rejections(rejections)
                .detached(random.nextBoolean())
                .former(former(random, texts))
                .build();
    }

    private static List<Former> former(Random random, int texts) {
        var record = new Reference(text(random, texts), text(random, texts), text(random, texts), true, false);
        return random.nextBoolean() ? List.of() : List.of(Former.of(record, Former.Why.DETACHED));
    }

    private static Attempt attempt(Random random) {
        return new Attempt(
                "token-" + random.nextInt(),
                random.nextBoolean() ? Map.of("service", text(random, 10), "priority", "") : null,
                random.nextInt(60_000),
                "hub",
                time(random),
                random.nextBoolean());
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000_000));
    }

    private static String text(Random random, int length) {
        var alphabet = "ab \"\\\n\u0000éשל日🔥";
        var text = new StringBuilder();
        var points = alphabet.codePoints().toArray();
        for (int i = random.nextInt(length + 1); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
