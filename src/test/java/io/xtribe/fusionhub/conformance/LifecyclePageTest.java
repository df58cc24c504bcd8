package io.xtribe.fusionhub.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.converge.Plan;
import io.xtribe.fusionhub.incident.ChangeRules;
import io.xtribe.fusionhub.incident.Hearing;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.StatusRule;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/lifecycle.md is what the descriptors say, and what the hub does. */
class LifecyclePageTest {

    private static final String FROM_THE_END = "from the end ";
    private static final String TAKEN_BACK = "from acknowledged ";
    private static final Path PAGE = Path.of("docs", "lifecycle.md");

    private final List<Platform> platforms = PlatformCommand.Page.builtIn();
    private final List<PlatformProfile> profiles =
            platforms.stream().map(Platform::profile).toList();
    private final AttemptClock clock = new AttemptClock(Duration.ofMinutes(5));

    @Test
    void thePageIsWhatTheDescriptorsSay() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("docs/lifecycle.md is stale: write it anew with bin/fusion platform lifecycle > docs/lifecycle.md")
                .isEqualTo(LifecyclePage.of(platforms));
    }

    /** Somebody does what a row says, and the hub plans what its cells say. */
    @TestFactory
    Stream<DynamicTest> theHubDoesWhatARowSays() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        Platform speaker = null;
        for (var line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                speaker = platforms.stream()
                        .filter(platform ->
                                line.equals("## " + platform.descriptor().title() + " changes its status"))
                        .findFirst()
                        .orElse(null);
            } else if (line.startsWith("| what happens ")) {
                // Names for what is in the table above.
                speaker = null;
            } else if (speaker != null && line.startsWith("| ") && line.contains("`")) {
                var cells = List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
                var platform = speaker;
                tests.add(DynamicTest.dynamicTest(
                        platform.name() + " " + cells.get(0) + " " + cells.get(1),
                        () -> assertRow(platform, cells.get(0), word(cells.get(1)), cells.subList(2, cells.size()))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    private void assertRow(Platform platform, String part, String word, List<String> cells) {
        var open = everything(Status.OPEN);
        var changed = hear(open, platform, part, word);
        var isActive = cells.get(0).startsWith("as it was");
        assertThat(changed.status())
                .isEqualTo(
                        isActive
                                ? Status.OPEN
                                : Status.valueOf(cells.get(0).split(";")[0].toUpperCase(Locale.ROOT)));
        assertThat(sent(changed)).isEqualTo(expected(platform, part, cells, ""));
        assertThat(told(changed)).isEqualTo(toldBy(cells, ""));
        if (changed.status() == Status.OPEN && !isActive) {
            var takenBack = hear(everything(Status.ACKNOWLEDGED), platform, part, word);
            assertThat(takenBack.status()).isEqualTo(Status.OPEN);
            assertThat(sent(takenBack)).isEqualTo(expected(platform, part, cells, TAKEN_BACK));
            assertThat(told(takenBack)).isEqualTo(toldBy(cells, TAKEN_BACK));
        }
        if (isActive || changed.status() != Status.RESOLVED) {
            var reopened = hear(everything(Status.RESOLVED), platform, part, word);
            assertThat(reopened.status()).isEqualTo(isActive ? Status.OPEN : changed.status());
            assertThat(sent(reopened)).isEqualTo(expected(platform, part, cells, FROM_THE_END));
        }
    }

    /** All four records stand and show this, as does the incident. */
    private Incident everything(Status status) {
        var incident = Samples.opened().desiring(status, Priority.P1);
        for (var profile : profiles) {
            for (var part : profile.parts()) {
                incident = incident.withPart(profile.name(), part, current -> current.opened(
                                Samples.reference(profile.name(), part),
                                new Known(status, Priority.P1, Samples.STARTED, -1))
                        .showing(new Known(status, Priority.P1, Samples.STARTED, -1))
                        .linked(new TreeMap<>(Map.of("datadog", "u", "servicenow", "u", "pagerduty", "u"))));
            }
        }
        return incident.withPart(
                        "datadog",
                        "alert",
                        current -> current.showing(new Known(status, Priority.P1, Samples.STARTED, -1)))
                .settled(Set.of());
    }

    private Incident hear(Incident incident, Platform platform, String part, String word) {
        var at = Samples.STARTED.plusSeconds(60);
        var record = platform.profile().parts().contains(part)
                ? incident.part(platform.name(), part).reference()
                : null;
        var said = new Observation(
                platform.name(),
                record == null ? "" : part,
                null,
                record,
                new Observation.Field(platform.words().status(part, word).orElseThrow(), at, -1),
                new Observation.Field("", at, -1));
        return incident.observe(said, new Hearing(at, rules())).incident();
    }

    /** With the default settings, but without conflicts. */
    private ChangeRules rules() {
        return new ChangeRules(
                List.of(),
                Duration.ZERO,
                3,
                Duration.ofMinutes(10),
                where(rule -> rule.withholds(Status.ACKNOWLEDGED)),
                where(StatusRule::keepsAcknowledged),
                Set.of());
    }

    private Set<String> where(Predicate<StatusRule> condition) {
        return profiles.stream()
                .filter(profile ->
                        profile.parts().stream().map(profile::statusRule).allMatch(condition))
                .map(PlatformProfile::name)
                .collect(Collectors.toSet());
    }

    /** The platforms that are told by a comment. */
    private Set<String> told(Incident incident) {
        return profiles.stream()
                .map(PlatformProfile::name)
                .filter(name -> incident.comments().stream().anyMatch(comment -> !comment.standsOn(name)))
                .collect(Collectors.toSet());
    }

    private Set<String> toldBy(List<String> cells, String from) {
        var told = new TreeSet<String>();
        var column = 1;
        for (var profile : profiles) {
            for (var any : profile.parts()) {
                if (said(cells.get(column++), from).endsWith("a comment")) {
                    told.add(profile.name());
                }
            }
        }
        return told;
    }

    /** What a cell says of a record that showed something else before: what it says first where it does not say that. */
    private static String said(String cell, String from) {
        var clauses = List.of(cell.split("; "));
        return clauses.stream()
                .filter(clause -> !from.isEmpty() && clause.startsWith(from))
                .findFirst()
                .orElse(clauses.get(0));
    }

    /** What the records are sent, by the title of their column. */
    private TreeMap<String, String> sent(Incident incident) {
        var sent = new TreeMap<String, String>();
        for (var step : Plan.of(incident, profiles, clock, any -> Duration.ZERO).steps()) {
            if (step.operation() == Operation.UPDATE) {
                var platform = platforms.stream()
                        .filter(one -> one.name().equals(step.platform()))
                        .findFirst()
                        .orElseThrow();
                var status = step.desired().status().name().toLowerCase(Locale.ROOT);
                sent.put(
                        step.platform() + " " + step.part(),
                        platform.words()
                                .sent(step.part(), status, "")
                                .path("status")
                                .asText());
            }
        }
        return sent;
    }

    private TreeMap<String, String> expected(Platform speaker, String part, List<String> cells, String from) {
        var expected = new TreeMap<String, String>();
        var column = 1;
        for (var profile : profiles) {
            for (var name : profile.parts()) {
                var said = said(cells.get(column++), from);
                if (said.contains("`") && !(profile.name().equals(speaker.name()) && name.equals(part))) {
                    expected.put(profile.name() + " " + name, word(said));
                }
            }
        }
        return expected;
    }

    private static String word(String cell) {
        return cell.substring(cell.indexOf('`') + 1, cell.lastIndexOf('`'));
    }
}
