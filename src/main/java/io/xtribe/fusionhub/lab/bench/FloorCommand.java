package io.xtribe.fusionhub.lab.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import io.nats.client.Nats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs {@link Floor} until it is stopped. */
@Command(name = "bench-floor", hidden = true, description = "What the benchmark compares the hub with.")
public final class FloorCommand implements Callable<Integer> {

    @Option(names = "--nats", required = true)
    String nats;

    @Option(names = "--sandbox", required = true)
    String sandbox;

    @Option(names = "--calls", required = true, description = "For each incident: 10, as the hub; 7, without the case")
    int calls;

    @Override
    public Integer call() throws Exception {
        new Floor(Nats.connect(nats), sandbox, calls).run();
        new CountDownLatch(1).await();
        return 0;
    }
}
