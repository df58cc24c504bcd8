package io.xtribe.fusionhub.nats;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryTest {

    @Test
    void readsWhatAServerOfTodaySaysAndOneThatKnowsDomains() {
        var expected = new Delivery(17, 4, 1_764_300_000_000_000_001L);

        assertThat(Delivery.of("$JS.ACK.FUSION_SIGNALS.signals-intake.4.17.30.1764300000000000001.5"))
                .contains(expected);
        assertThat(Delivery.of("$JS.ACK._.ACCHASH.FUSION_SIGNALS.signals-intake.4.17.30.1764300000000000001.5.token"))
                .contains(expected);
        assertThat(Delivery.of("$JS.ACK.hub.ACCHASH.FUSION_SIGNALS.signals-intake.4.17.30.1764300000000000001.5"))
                .contains(expected);
    }

    @Test
    void knowsAFirstDelivery() {
        assertThat(Delivery.isFirst("$JS.ACK.FUSION_SIGNALS.signals-intake.1.17.30.1764300000000000001.5"))
                .isTrue();
        assertThat(Delivery.isFirst("$JS.ACK._.ACC.FUSION_SIGNALS.signals-intake.1.17.30.1764300000000000001.5.x"))
                .isTrue();
        assertThat(Delivery.isFirst("$JS.ACK.FUSION_SIGNALS.signals-intake.11.17.30.1764300000000000001.5"))
                .isFalse();
        assertThat(Delivery.isFirst(null)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "elsewhere",
                "$JS.ACK.",
                "$JS.ACK.FUSION_SIGNALS.signals-intake",
                "$JS.ACK.FUSION_SIGNALS.signals-intake.1.2.3.4",
                "$JS.ACK.FUSION_SIGNALS.signals-intake.x.17.30.1764300000000000001.5",
                "$JS.ACK.FUSION_SIGNALS.signals-intake.99999999999999999999.17.30.1764300000000000001.5",
                "$JS.ACK.OTHERS.signals-intake.1.17.30.1764300000000000001.5",
                "$JS.ACK.FUSION_SIGNALS.other.1.17.30.1764300000000000001.5"
            })
    void takesNothingElseForOne(String replyTo) {
        assertThat(Delivery.of(replyTo)).isEmpty();
    }
}
