package io.xtribe.fusionhub.intake;

import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Priority;

import static org.assertj.core.api.Assertions.assertThat;

class StormWindowTest {

    private static final long MINUTE = StormWindow.LENGTH.toNanos();

    /** One that began so long after the one before. */
    private record Begun(Priority priority, long after) {}

    private record Passed(boolean isP1, long at) {}

    @Provide
    Arbitrary<List<Begun>> storm() {
        return Combinators.combine(
                        Arbitraries.of(Priority.P1, Priority.P2, Priority.P3),
                        Arbitraries.longs().between(0, MINUTE / 4))
                .as(Begun::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 300)
    void neverLetsMoreThroughWithinAMinute(
            @ForAll("storm") List<Begun> storm, @ForAll @IntRange(min = 1, max = 12) int limit) {
        var window = new StormWindow();
        var passed = new ArrayList<Passed>();
        var now = 0L;
        for (var number = 0; number < storm.size(); number++) {
            var begun = storm.get(number);
            now += begun.after();
            var since = now - MINUTE;
            var all = passed.stream().filter(one -> one.at() > since).count();
            var p1s = passed.stream()
                    .filter(one -> one.at() > since && one.isP1())
                    .count();
            var isP1 = begun.priority() == Priority.P1;

            var admitted = window.admits("id " + number, begun.priority(), limit, now);

            // Not one less than may be, and not one more; a P1 is held for P1s alone.
            assertThat(admitted).isEqualTo((isP1 ? p1s : all) < limit);
            if (admitted) {
                passed.add(new Passed(isP1, now));
            }
        }
    }

    @Property(tries = 200)
    void countsWhatIsDeliveredAgainOnce(
            @ForAll("storm") List<Begun> storm, @ForAll @IntRange(min = 1, max = 12) int limit) {
        var once = new StormWindow();
        var twice = new StormWindow();
        var now = 0L;
        for (var number = 0; number < storm.size(); number++) {
            var begun = storm.get(number);
            now += begun.after();
            var first = twice.admits("id " + number, begun.priority(), limit, now);

            assertThat(twice.admits("id " + number, begun.priority(), limit, now))
                    .isEqualTo(first);
            assertThat(once.admits("id " + number, begun.priority(), limit, now))
                    .isEqualTo(first);
        }
    }

    @Test
    void goesOnWithWhatWasLetThroughBefore() {
        var window = new StormWindow();
        window.passedBefore("second", Priority.P2, MINUTE / 2);
        window.passedBefore("first", Priority.P1, MINUTE / 4);
        window.passedBefore("second", Priority.P2, MINUTE / 2);

        assertThat(window.admits("third", Priority.P2, 2, MINUTE)).isFalse();
        assertThat(window.admits("third", Priority.P1, 2, MINUTE)).isTrue();
        // The first one is a minute old.
        assertThat(window.admits("fourth", Priority.P2, 3, MINUTE + MINUTE / 4)).isTrue();
        assertThat(window.admits("fifth", Priority.P2, 3, MINUTE + MINUTE / 4)).isFalse();
    }
}
