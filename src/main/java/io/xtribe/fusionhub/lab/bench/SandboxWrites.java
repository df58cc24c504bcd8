package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.Patience;
import io.xtribe.fusionhub.lab.local.SandboxControl;

/** Waits until the sandbox gets no more calls. */
final class SandboxWrites {

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final SandboxControl sandbox;
    private long total = -1;
    private long since;

    SandboxWrites(SandboxControl sandbox) {
        this.sandbox = sandbox;
    }

    void awaitQuiet(Duration limit) throws InterruptedException, LocalFailure {
        total = -1;
        if (!Patience.of(limit).until(this::isQuiet)) {
            throw new LocalFailure("The platforms were still called after " + limit.toSeconds() + " s");
        }
    }

    private boolean isQuiet() throws IOException, InterruptedException {
        var now = sandbox.counts().path("total").asLong();
        if (now != total) {
            total = now;
            since = System.nanoTime();
        }
        return System.nanoTime() - since > QUIET.toNanos();
    }
}
