package io.xtribe.fusionhub.converge;

import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.apache.camel.spi.ThreadPoolProfile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SplitTimersTest {

    @Test
    void keepsAThreadWhereTheProfileAsksForNone() {
        var profile = new ThreadPoolProfile("split");
        profile.setPoolSize(0);

        var timer = (ScheduledThreadPoolExecutor) new SplitTimers().newScheduledThreadPool(profile, Thread::new);

        try {
            assertThat(timer.getCorePoolSize()).isEqualTo(1);
            assertThat(timer.getRemoveOnCancelPolicy()).isTrue();
        } finally {
            timer.shutdownNow();
        }
    }
}
