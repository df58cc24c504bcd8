package io.xtribe.fusionhub.converge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Outcome;
import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhooks of comments overtake each other and come twice, while others are being written. */
class CommentOrderPropertiesTest extends PlanFixture {

    private static final String FROM = "pagerduty";
    private static final String TO = "servicenow";

    @Property(tries = 300)
    void whatWaitsIsWrittenInTheOrderOfItsPlatformAndOnce(@ForAll long seed) {
        // Given
        var random = new Random(seed);
        var told = new ArrayList<Comment>();
        for (var number = 0; number < 1 + random.nextInt(12); number++) {
            told.add(new Comment("c" + number, NOW.plusSeconds(number), "Jane Doe", "text " + number, false));
        }
        var count = told.size();
        told.addAll(told.subList(0, random.nextInt(count)));
        Collections.shuffle(told, random);

        // When
        var incident = linked();
        var written = new ArrayList<String>();
        while (!told.isEmpty() || isOwed(incident)) {
            if (!told.isEmpty() && (random.nextBoolean() || !isOwed(incident))) {
                incident = heard(incident, told.remove(0));
            } else {
                incident = writeNext(incident, written);
            }
        }

        // Then
        assertThat(written).hasSize(count).doesNotHaveDuplicates();
    }

    private Incident writeNext(Incident incident, List<String> written) {
        var step = plan(incident).steps().stream()
                .filter(one -> one.platform().equals(TO) && one.operation() == Operation.COMMENT)
                .findFirst()
                .orElseThrow();
        var earliest = incident.comments().stream()
                .filter(one -> one.platform().equals(FROM) && !one.standsOn(TO))
                .map(KeptComment::at)
                .min(Instant::compareTo);
        assertThat(step.comment().at()).as("the earliest that waits").isEqualTo(earliest.orElseThrow());
        written.add(step.comment().key());
        return incident.outcome(step, new Outcome.Commented()).incident();
    }

    private boolean isOwed(Incident incident) {
        return incident.comments().stream().anyMatch(one -> !one.standsOn(TO));
    }

    private static Incident heard(Incident incident, Comment comment) {
        var nothing = new Observation.Field("", Instant.EPOCH, -1);
        return incident.observe(
                        new Observation(
                                FROM,
                                "incident",
                                null,
                                incident.part(FROM, "incident").reference(),
                                nothing,
                                nothing,
                                Observation.Field.NOT_SAID,
                                SignalEnd.RESOLVE,
                                List.of(comment),
                                null),
                        Samples.HEARING)
                .incident();
    }
}
