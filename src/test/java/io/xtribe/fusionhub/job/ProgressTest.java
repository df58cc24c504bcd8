package io.xtribe.fusionhub.job;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long now;

    private Progress progress(String style) {
        return new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), style, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineComesAtTheBeginningAndEveryFewSeconds() {
        var progress = progress("lines");
        progress.begin("read", 100);
        pass(Duration.ofSeconds(2));
        progress.done(20);
        pass(Duration.ofSeconds(3));
        progress.done(30);

        assertThat(said().lines()).containsExactly("read: 0 of 100", "read: 50 of 100, 10/s, 5 s left");
    }

    @Test
    void aBarIsDrawnOverItselfAndLeftBehindByWhatIsSaid() {
        var progress = progress("bar");
        progress.begin("read", 10);
        pass(Duration.ofSeconds(1));
        progress.done(5);
        progress.say("a line of its own");

        assertThat(said())
                .startsWith("\r[------------------------------] read: 0 of 10")
                .contains("\r[###############---------------] read: 5 of 10, 5/s, 1 s left")
                .endsWith(System.lineSeparator() + "a line of its own" + System.lineSeparator());
    }

    @Test
    void withoutATotalThereIsNoTimeLeft() {
        var progress = progress("lines");
        progress.begin("read", 0);
        pass(Duration.ofSeconds(10));
        progress.done(40);

        assertThat(said().lines()).endsWith("read: 40, 4/s");
    }

    @Test
    void noneSaysNothing() {
        var progress = progress("none");
        progress.begin("read", 1);
        progress.say("nor this");
        progress.end();

        assertThat(said()).isEmpty();
    }
}
