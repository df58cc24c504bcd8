package io.xtribe.fusionhub.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this process is a hub, or runs one job and ends. */
@Singleton
public class RunMode implements ConfigurationCheck {

    /** System property that the command line of jobs sets: what is asked, as JSON. */
    public static final String JOB = "fusion.job";

    private final String job;

    @Inject
    public RunMode(@ConfigProperty(name = JOB) Optional<String> job) {
        this.job = job.orElse("");
    }

    public boolean isJob() {
        return !job.isEmpty();
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
        return List.of(JOB);
    }
}
