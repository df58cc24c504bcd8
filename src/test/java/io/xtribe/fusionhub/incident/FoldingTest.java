package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** Groups of one monitor that fold into one incident. */
class FoldingTest extends ObservingFixture {

    private final Incident first = Trigger.open(group("host:a", "active", "P2", T0), T0, false);

    private static Signal group(String name, String status, String priority, Instant at) {
        return alert(status, at)
                .withKind("resolved".equals(status) ? SignalKind.RESOLVED : SignalKind.TRIGGERED)
                .withKey("cycle of " + name)
                .withSeries("98219311")
                .withMember(name)
                .withPriority(priority);
    }

    private static Change told(Incident incident, Signal signal) {
        var sign = signal.isOver() ? Recurring.Sign.following(signal) : Recurring.Sign.opening(signal, false);
        return incident.recurring(Observation.of(signal), sign, Samples.HEARING);
    }

    private static Incident after(Incident incident, Signal signal) {
        return told(incident, signal).incident();
    }

    private static List<String> said(Incident incident) {
        return incident.comments().stream().map(KeptComment::said).toList();
    }

    private static Incident opened(Incident incident) {
        return incident.withPart(
                "pagerduty",
                "incident",
                part -> part.opened(
                        new Reference("PD1", "#1", "https://pd.example/1", true, false),
                        new Known(Status.OPEN, Priority.P2, T0, -1)));
    }

    @Test
    void tellsOfEachFurtherGroupOnce() {
        var two = after(first, group("host:b", "active", "P2", T0.plusSeconds(1)));
        var again = after(two, group("host:b", "active", "P2", T0.plusSeconds(1)));

        assertThat(two.members()).hasSize(2);
        assertThat(said(again)).containsExactly("{datadog} alerts for further groups too: host:b");
        assertThat(again.status()).isEqualTo(Status.OPEN);
        assertThat(two.isSettled()).isFalse();
    }

    @Test
    void addsToACommentThatNoPlatformHasYet() {
        var two = opened(after(first, group("host:b", "active", "P2", T0.plusSeconds(1))));
        var three = after(two, group("host:{c}", "active", "P2", T0.plusSeconds(2)));
        var key = three.comments().get(0).key();
        assertThat(said(three)).containsExactly("{datadog} alerts for further groups too: host:b; host:'c'");

        var written = Commenting.changed(three, key, comment -> comment.writtenOn("pagerduty"));
        var four = after(written, group("host:d", "active", "P2", T0.plusSeconds(3)));

        assertThat(said(four)).hasSize(2).last().isEqualTo("{datadog} alerts for further groups too: host:d");
    }

    @Test
    void addsToNoCommentThatIsUnderWay() {
        var two = opened(after(first, group("host:b", "active", "P2", T0.plusSeconds(1))));
        var key = two.comments().get(0).key();
        var attempt = new Attempt("t1", Map.of(Part.COMMENT, key), 30_000, "hub", T0, false);
        var underWay = two.withPart("pagerduty", "incident", part -> part.commenting(attempt));

        var three = after(underWay, group("host:c", "active", "P2", T0.plusSeconds(2)));

        assertThat(said(three)).hasSize(2);
        assertThat(three.comments().get(0).key()).isEqualTo(key);
    }

    @Test
    void endsWithTheLastGroupWhateverTheOrderOfTheirTimes() {
        var two = after(first, group("host:b", "active", "P2", T0.plusSeconds(100)));
        var one = after(two, group("host:b", "resolved", "P2", T0.plusSeconds(200)));
        assertThat(one.status()).isEqualTo(Status.OPEN);

        var none = after(one, group("host:a", "resolved", "P2", T0.plusSeconds(50)));

        assertThat(none.status()).isEqualTo(Status.RESOLVED);
        assertThat(none.members()).isEmpty();
    }

    @Test
    void raisesAndDoesNotLowerThePriority() {
        var raised = after(first, group("host:b", "active", "P1", T0.plusSeconds(1)));
        var other = after(raised, group("host:c", "active", "P3", T0.plusSeconds(2)));

        assertThat(raised.priority()).isEqualTo(Priority.P1);
        assertThat(other.priority()).isEqualTo(Priority.P1);
        assertThat(other.members()).hasSize(3);
    }

    @Test
    void endsWhereAllOfTheMonitorIsOver() {
        var two = after(first, group("host:b", "active", "P2", T0.plusSeconds(1)));
        var all = group("", "resolved", "P2", T0.plusSeconds(60));

        var over = two.observe(Observation.of(all), Samples.HEARING).incident();

        assertThat(over.status()).isEqualTo(Status.RESOLVED);
        assertThat(over.members()).isEmpty();
    }

    /** Whoever resolved it meant all of them: their notifications open nothing again, another group does. */
    @Test
    void leavesWhatSomebodyHasResolved() {
        var two = after(first, group("host:b", "active", "P2", T0.plusSeconds(1)));
        var resolved = two.desiring(Status.RESOLVED, Priority.P2);

        var renotified = after(resolved, group("host:b", "active", "P2", T0.plusSeconds(60)));
        var ended = after(renotified, group("host:a", "resolved", "P2", T0.plusSeconds(70)));
        var again = after(ended, group("host:b", "active", "P2", T0.plusSeconds(80)));
        assertThat(again.status()).isEqualTo(Status.RESOLVED);

        var another = after(again, group("host:z", "active", "P2", T0.plusSeconds(90)));
        assertThat(another.status()).isEqualTo(Status.OPEN);
        assertThat(another.members()).containsOnlyKeys(Member.key("host:z"));
    }

    @Test
    void keepsSoManyGroupsAndNoMore() {
        var incident = first;
        for (var number = 1; number <= Folding.MOST; number++) {
            incident = after(incident, group("host:" + number, "active", "P2", T0.plusMillis(number)));
        }
        assertThat(incident.members()).hasSize(Folding.MOST);
        assertThat(incident.comments()).hasSizeLessThan(20);
        assertThat(IncidentJson.write(incident).length).isLessThan(200_000);

        var beyond = group("host:beyond", "resolved", "P2", T0.plusSeconds(60));
        assertThat(told(incident, beyond).notes()).allMatch(note -> note.contains("not known to stand"));
        assertThat(after(incident, beyond).members()).hasSize(Folding.MOST);
    }

    /** Whatever the order in which groups begin and end. */
    @Property(tries = 100)
    void standsAsLongAsAnyGroupDoes(@ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> turns) {
        var incident = first;
        var standing = new TreeSet<>(Set.of("host:a"));
        var at = T0;
        for (var turn : turns) {
            at = at.plusSeconds(1);
            var name = turn == 0 ? "host:a" : "host:" + turn;
            var isOver = standing.contains(name);
            if (isOver) {
                standing.remove(name);
            } else {
                standing.add(name);
            }
            incident = after(incident, group(name, isOver ? "resolved" : "active", "P2", at));
            assertThat(incident.status() == Status.RESOLVED).isEqualTo(standing.isEmpty());
            if (standing.isEmpty()) {
                return;
            }
            assertThat(incident.members()).hasSameSizeAs(standing);
        }
    }
}
