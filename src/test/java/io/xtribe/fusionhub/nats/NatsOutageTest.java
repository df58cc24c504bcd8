package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many lines of log an outage costs, whoever notices it and however often. */
class NatsOutageTest {

    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private long now = Long.MAX_VALUE - 1;
    private final NatsOutage outage = new NatsOutage("nats://hub:hunter2@nats:4222", () -> now);

    @BeforeEach
    void listen() {
        Logger.getLogger(NatsOutage.class.getName()).addHandler(handler);
    }

    @AfterEach
    void stop() {
        Logger.getLogger(NatsOutage.class.getName()).removeHandler(handler);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Exchange round() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    @Test
    void saysItOnceAndThenEveryHalfMinute() {
        for (var second = 0; second < 61; second++) {
            outage.away("refused");
            outage.roundLeftOut(round(), new IllegalStateException("no answer"));
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("Waiting for NATS at nats://***@nats:4222 (refused)", "fusion.nats.url");
        assertThat(lines.get(1)).contains("Still waiting", "after 30 s (refused)");
        assertThat(lines.get(2)).contains("after 60 s");
        assertThat(String.join("\n", lines)).doesNotContain("hunter2");
    }

    @Test
    void tellsNoPasswordThatStandsInAReason() {
        outage.away("Unable to connect to NATS servers: [nats://hub:hun@ter2@nats:4222, tls://token2@b]\n at once");
        outage.back();
        outage.roundLeftOut(
                round(), new IllegalStateException("nats://hub:hunter2@nats:4222 is away\n" + "x".repeat(900)));

        assertThat(lines.get(0)).contains("(Unable to connect to NATS servers: [nats://***@nats:4222, tls://***@b]");
        assertThat(lines).allSatisfy(line -> assertThat(line)
                .doesNotContain("hunter2", "ter2", "token2", "\n")
                .hasSizeLessThan(600));
    }

    @Test
    void saysWhatIsNewAboutItAtOnce() {
        outage.away("refused");
        outage.away("a stream is missing");
        outage.away("refused");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("a stream is missing");
    }

    @Test
    void saysThatItIsBackAndNothingWhenItWasNotAway() {
        outage.back();
        assertThat(lines).isEmpty();

        outage.away("refused");
        pass(Duration.ofSeconds(7));
        outage.back();
        outage.away("refused");

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("is there after 7 s");
        assertThat(lines.get(2)).contains("Waiting for NATS");
    }

    @Test
    void saysThatARoundIsLeftOutAtMostEveryHalfMinute() {
        for (var second = 0; second < 31; second++) {
            outage.roundLeftOut(round(), new IllegalStateException("no answer in time"));
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("left to its next round: no answer in time");
    }
}
