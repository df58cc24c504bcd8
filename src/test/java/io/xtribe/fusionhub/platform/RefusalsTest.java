package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RefusalsTest {

    private static final String TABLE = """
            name: desk
            records: {parts: [ticket]}
            errorCode: /error/code
            refusals:
              - {status: 400, code: "7", means: already}
              - {status: 400, code: "8", operations: [open], means: account}
              - {status: 409, words: changed meanwhile, means: later}
              - {at: /maintenance, means: later}
              - {status: 418, means: throttled}
              - {status: 403, words: policy, means: record}
              - {status: 404, operations: [link], means: feature}
              - {status: 200, at: /error, means: unknown}
            """;

    private final Refusals refusals = new Refusals(Descriptors.of(TABLE));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // what the table says
                "400; update; {\"error\":{\"code\":7}}; ALREADY",
                "400; update; {\"error\":{\"code\":\"7\"}}; ALREADY",
                "400; open; {\"error\":{\"code\":8}}; ACCOUNT",
                "409; update; <p>Record CHANGED meanwhile</p>; WILL_HEAL",
                "500; open; {\"maintenance\":\"until 3\"}; WILL_HEAL",
                "418; find; ''; THROTTLED",
                "403; open; {\"detail\":\"a policy\"}; REJECTED",
                "404; link; ''; FEATURE_OFF",
                // what it does not say
                "400; update; {\"error\":{\"code\":8}}; REJECTED",
                "400; update; {\"error\":{\"code\":77}}; REJECTED",
                "400; update; {\"error\":7}; REJECTED",
                "409; update; {\"error\":{}}; REJECTED",
                "500; open; {\"maintenance\":null}; UNKNOWN_OUTCOME",
                "403; open; <html>; DENIED",
                "401; open; ''; DENIED",
                "404; open; ''; REJECTED",
                "429; open; {\"error\":{\"code\":9}}; THROTTLED",
                "503; open; {\"error\":; WILL_HEAL"
            })
    void theFirstRowThatFitsCountsElseTheStatus(int status, String operation, String answer, Kind kind) {
        var failure = FailureClassifier.ofAnswer("desk", status, answer, Duration.ofSeconds(7));

        var judged = refusals.judged(failure, operation);

        assertThat(judged.kind()).isEqualTo(kind);
        assertThat(judged.status()).isEqualTo(status);
        assertThat(judged.getMessage()).isEqualTo(failure.getMessage());
        assertThat(judged.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void whatCameInsteadOfAnAnswerIsNotJudged() {
        var failure = FailureClassifier.ofException("desk", new IOException("maintenance"));

        assertThat(refusals.judged(failure, "open")).isSameAs(failure);
    }

    @Test
    void anErrorBesideAResultIsNoAnswer() throws IOException {
        var cut = new ObjectMapper().readTree("{\"result\":[],\"error\":{\"message\":\"ended\"}}");
        var whole = new ObjectMapper().readTree("{\"result\":[],\"error\":null}");

        assertThat(refusals.inSuccess(200, whole, "find")).isEmpty();
        assertThat(refusals.inSuccess(200, cut, "find").orElseThrow().kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    }

    @Test
    void aRowSaysWhatItMeans() {
        assertThatThrownBy(() -> VendorFolder.parse("name: desk\nrefusals: [{status: 400}]"))
                .hasMessageContaining("needs the member 'means'");
    }
}
