package io.xtribe.fusionhub.poll;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.IncidentJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How far a poll has come. */
class PollStateTest {

    private static final Instant BEGUN = Instant.parse("2026-01-31T12:00:00Z");

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static PollPage page(String text) {
        return PollPage.of(json(text));
    }

    @Test
    void theWatermarkIsTheNewestTimeThatThePlatformHasTold() {
        var state = PollState.beginning(BEGUN)
                .heldBy("hub", BEGUN)
                .read(page("{'found':[],'latest':'2026-01-31 12:05:00'}"), List.of("a"));

        assertThat(state.watermark()).isEqualTo("2026-01-31T12:05:00Z");
        assertThat(state.known()).containsExactly("a");
        assertThat(state.rounds()).isEqualTo(1);
        assertThat(state.isUnderWay()).isFalse();
    }

    @Test
    void theWatermarkNeverGoesBackAndStaysWhereNothingIsTold() {
        var state = PollState.beginning(BEGUN)
                .read(page("{'found':[],'latest':'2026-01-31T11:00:00Z'}"), List.of())
                .read(page("{'found':[],'latest':null}"), List.of());

        assertThat(state.watermark()).isEqualTo(BEGUN);
        assertThat(state.begun()).isEqualTo(BEGUN);
    }

    @Test
    void theWatermarkMovesAtTheEndOfTheRoundOnly() {
        var first = PollState.beginning(BEGUN)
                .read(page("{'found':[],'latest':'2026-01-31T12:05:00Z','next':{'page':2}}"), List.of("a"));

        assertThat(first.watermark()).isEqualTo(BEGUN);
        assertThat(first.next().path("page").asInt()).isEqualTo(2);
        assertThat(first.known()).isEmpty();
        assertThat(first.met()).containsExactly("a");

        var second = first.read(page("{'found':[],'latest':'2026-01-31T12:04:00Z'}"), List.of("a", "b"));

        assertThat(second.watermark()).isEqualTo("2026-01-31T12:05:00Z");
        assertThat(second.next()).isNull();
        assertThat(second.known()).containsExactly("a", "b");
        assertThat(second.met()).isEmpty();
    }

    @Test
    void aFailureKeepsEverythingButSaysSo() {
        var before =
                PollState.beginning(BEGUN).read(page("{'found':[],'next':{'page':2},'memory':{'x':1}}"), List.of("a"));

        var failed = before.heldBy("hub", BEGUN)
                .failed("it answered 500")
                .heldBy("hub", BEGUN)
                .failed("it answered 503");

        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.trouble()).isEqualTo("it answered 503");
        assertThat(failed.isUnderWay()).isFalse();
        assertThat(failed.next()).isEqualTo(before.next());
        assertThat(failed.watermark()).isEqualTo(before.watermark());
        assertThat(failed.memory()).isEqualTo(before.memory());
        assertThat(failed.read(page("{'found':[]}"), List.of()).failures()).isZero();
    }

    @Test
    void isStoredAndReadAgain() {
        var state = PollState.beginning(BEGUN)
                .read(
                        page("{'found':[],'latest':'2026-01-31T12:05:00Z','next':{'page':2},'memory':{'x':1}}"),
                        List.of("a"))
                .heldBy("hub", BEGUN);

        assertThat(IncidentJson.read(IncidentJson.write(state), PollState.class))
                .isEqualTo(state);
        var beginning = PollState.beginning(BEGUN);
        assertThat(IncidentJson.read(IncidentJson.write(beginning), PollState.class))
                .isEqualTo(beginning);
    }

    @Test
    void aRoundBeganWithItsFirstPage() {
        var second = BEGUN.plusSeconds(60);
        var state = PollState.beginning(BEGUN)
                .heldBy("hub", BEGUN)
                .failed("it answered 503")
                .heldBy("hub", second)
                .read(page("{'found':[],'next':{'page':2}}"), List.of())
                .heldBy("another hub", second.plusSeconds(1));
        assertThat(state.roundAt()).isEqualTo(second);
        assertThat(state.roundBefore()).isNull();

        var ended = state.read(page("{'found':[]}"), List.of());
        assertThat(ended.roundBefore()).isEqualTo(second);
        assertThat(ended.heldBy("hub", BEGUN.plusSeconds(120)).roundAt()).isEqualTo(BEGUN.plusSeconds(120));
    }

    @Test
    void whatIsNoPageIsRefused() {
        for (var text : List.of(
                "[]", "{}", "{'found':[{'id':'1'}]}", "{'found':[{'data':{}}]}", "{'found':[],'latest':'soon'}")) {
            assertThatThrownBy(() -> page(text)).as(text).isInstanceOf(RuntimeException.class);
        }
    }
}
