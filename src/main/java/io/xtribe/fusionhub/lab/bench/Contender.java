package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.time.Duration;

import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.nats.Names;

/** Who links the incidents of triggers, the hub or plain Java, as a process under load. */
final class Contender {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WARM_UP_FACTOR = 20;

    private final Bench bench;
    private final Gun gun;
    private final Usage usage;
    private final End end;
    private int fired;

    /** Waits until everything that was fired is linked. */
    private interface End {
        void await(int fired) throws IOException, InterruptedException, LocalFailure;
    }

    private Contender(Bench bench, String subject, Usage usage, End end) throws IOException {
        this.bench = bench;
        this.gun = new Gun(bench.nats(), subject);
        this.usage = usage;
        this.end = end;
    }

    static Contender hub(Bench bench, Hub hub) throws IOException, InterruptedException {
        var before = hub.linked();
        return new Contender(
                bench, Names.signals("datadog"), hub.usage(), fired -> hub.awaitLinked(before + fired, LIMIT));
    }

    static Contender floor(Bench bench, Usage usage) throws IOException {
        var writes = new SandboxWrites(bench.sandbox());
        return new Contender(bench, Floor.SUBJECT, usage, fired -> writes.awaitQuiet(LIMIT));
    }

    /**
     * What a run showed.
     *
     * @param cpuMillis of the process under test alone
     */
    record Run(Journeys journeys, double cpuMillis) {

        double cpuMillisEach() {
            return cpuMillis / journeys.size();
        }

        double callsEach() {
            return (double) journeys.calls() / journeys.size();
        }
    }

    /** Fast, and then at the rate of what is measured, while the JVM compiles what it has put off. Nothing is counted. */
    void warmUp(String prefix, int triggers) throws IOException, InterruptedException, LocalFailure {
        var load = bench.load();
        fire(triggers, load.interval().dividedBy(WARM_UP_FACTOR), prefix + "-warm-up-");
        fire(load.rate * load.leadIn, load.interval(), prefix + "-lead-in-");
    }

    /** Lets that many incidents begin, one each interval, and waits until all are linked. */
    Run run(String prefix, int triggers, Duration interval) throws IOException, InterruptedException, LocalFailure {
        var after = bench.sandbox().counts().path("total").asLong();
        var before = usage.cpu();
        var journeys = fire(triggers, interval, prefix + "-");
        var cpu = usage.cpu().minus(before);
        return new Run(journeys.read(bench.sandbox(), after), cpu.toMillis());
    }

    private Journeys fire(int triggers, Duration interval, String prefix)
            throws IOException, InterruptedException, LocalFailure {
        var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        var journeys = gun.fire(
                triggers,
                interval,
                number -> Alert.triggered(prefix + run + "-" + number, number % 2 == 0 ? "P1" : "P2"));
        fired += triggers;
        end.await(fired);
        return journeys;
    }
}
