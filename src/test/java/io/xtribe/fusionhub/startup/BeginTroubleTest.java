package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BeginTroubleTest {

    private static final Logger LOG = Logger.getLogger(BeginTrouble.class.getName());

    private final AtomicLong nanos = new AtomicLong();
    private final BeginTrouble trouble = new BeginTrouble(nanos::get);
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(listener);
    }

    @Test
    void saysEachReasonAtOnceAndAgainOnlyAfterAWhile() {
        trouble.say(new IOException("there is no stream"));
        trouble.say(new IOException("there is no stream"));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).getMessage())
                .isEqualTo("The hub cannot begin yet: there is no stream; next try in 2 s");

        trouble.say(new IOException("there is no bucket"));
        assertThat(lines).hasSize(2);

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        trouble.say(new IOException("there is no bucket"));
        assertThat(lines).hasSize(3);
    }

    @Test
    void printsTheTraceOfWhatIsNotExpectedOnce() {
        trouble.say(new IllegalArgumentException("what is this"));
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        trouble.say(new IllegalArgumentException("what is this"));
        trouble.say(new IllegalStateException("not connected"));

        assertThat(lines).extracting(line -> line.getThrown() != null).containsExactly(true, false, false);
    }
}
