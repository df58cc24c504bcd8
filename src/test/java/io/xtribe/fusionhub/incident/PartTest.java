package io.xtribe.fusionhub.incident;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class PartTest {

    private static final Attempt CREATE = attempt("create");
    private static final Attempt LINKING = attempt("links");

    @Test
    void forgetsTheRefusalOfACreateWithTheNextOneAndNoOther() {
        // Given
        var refused = Part.UNKNOWN.rejected(refusal("open")).rejected(refusal("update"));

        // When
        var next = refused.attempting(CREATE);

        // Then
        assertThat(next.rejections()).containsOnlyKeys("update");
        assertThat(next.attempt()).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @CsvSource({"open, false, true", "link, true, false", "update, true, true"})
    void endsByARefusalOnlyWhatWasRefused(String operation, boolean creating, boolean linking) {
        // Given
        var busy = Part.UNKNOWN.attempting(CREATE).linking(LINKING);

        // When
        var refused = busy.rejected(refusal(operation));

        // Then
        assertThat(refused.attempt()).isEqualTo(creating ? CREATE : null);
        assertThat(refused.linking()).isEqualTo(linking ? LINKING : LINKING.asUncertain());
        assertThat(refused.rejections()).containsOnlyKeys(operation);
    }

    @Test
    void forgetsTheRefusalOfWhatWasTakenSince() {
        // Given
        var refused = Part.UNKNOWN
                .rejected(refusal("open"))
                .rejected(refusal("update"))
                .rejected(refusal("link"));

        // Then
        assertThat(refused.updated(null, "update").rejections()).containsOnlyKeys("open", "link");
        assertThat(refused.linked(Map.of()).rejections()).containsOnlyKeys("open", "update");
        assertThat(refused.rejectionsOf(refusal("open").generation()))
                .extracting(Rejection::operation)
                .containsExactly("link", "open", "update");
        assertThat(refused.rejectionsOf(refusal("open").generation() + 1)).isEmpty();
    }

    @Test
    void keepsTheLinksItShowsWhenMoreAreWritten() {
        // Given
        var part = Part.UNKNOWN.linked(Map.of("datadog", "d")).linking(LINKING);

        // When
        var linked = part.linked(Map.of("pagerduty", "p"));

        // Then
        assertThat(linked.links()).isEqualTo(Map.of("datadog", "d", "pagerduty", "p"));
        assertThat(linked.linking()).isNull();
    }

    /** A create's answer may lack what the webhook of the same record tells, and either may come first. */
    @ParameterizedTest
    @CsvSource({"'', ''", "#1, ''", "'', https://x.example/1", "#1, https://x.example/1"})
    void completesItsReferenceByWhatIsToldLater(String number, String url) {
        // Given
        var part = Part.UNKNOWN.opened(new Reference("1", number, url, false, false), null);

        // When
        var completed = part.opened(new Reference("1", "#2", "https://x.example/2", true, true), null);

        // Then
        assertThat(completed.reference())
                .isEqualTo(new Reference(
                        "1",
                        number.isEmpty() ? "#2" : number,
                        url.isEmpty() ? "https://x.example/2" : url,
                        true,
                        true));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void staysOursAndTakenWhateverIsToldLater(boolean ours, boolean keyTaken) {
        // Given
        var part = Part.UNKNOWN.opened(new Reference("1", "#1", "u", ours, keyTaken), null);

        // When
        var told = part.opened(new Reference("1", "#1", "u", false, false), null);

        // Then
        assertThat(told.reference()).isEqualTo(part.reference());
    }

    private static Rejection refusal(String operation) {
        return new Rejection(operation, 400, "no", 1, Samples.STARTED);
    }

    private static Attempt attempt(String token) {
        return new Attempt(token, Map.of(), 30_000, "hub", Samples.STARTED, false);
    }
}
