package io.xtribe.fusionhub.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this process is a hub, or runs one job or explains something and ends. */
@Singleton
public class RunMode implements ConfigurationCheck {

    /** System property that the command line of jobs sets: what is asked, as JSON. */
    public static final String JOB = "fusion.job";

    /** System property that the command line of {@code explain} sets: what is asked, as JSON. */
    public static final String EXPLAIN = "fusion.explain";

    private final String job;
    private final String explain;

    @Inject
    public RunMode(
            @ConfigProperty(name = JOB) Optional<String> job,
            @ConfigProperty(name = EXPLAIN) Optional<String> explain) {
        this.job = job.orElse("");
        this.explain = explain.orElse("");
    }

    public boolean isJob() {
        return !job.isEmpty();
    }

    /** Whether it is a hub. */
    public boolean isHub() {
        return job.isEmpty() && explain.isEmpty();
    }

    /** What is to be explained; empty in a hub. */
    public String explain() {
        return explain;
    }

    /** What the job is asked to do; empty in a hub. */
    public String job() {
        return job;
    }

    @Override
    public List<String> problems(FusionConfig config) {
        return List.of();
    }

    @Override
    public Collection<String> keys() {
        return List.of(JOB, EXPLAIN);
    }
}
