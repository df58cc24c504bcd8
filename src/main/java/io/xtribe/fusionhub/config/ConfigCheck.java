package io.xtribe.fusionhub.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.apache.camel.quarkus.main.events.BeforeInitialize;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.xtribe.fusionhub.incident.Priority;

/** Checks before the start what the types of {@link FusionConfig} cannot, and runs every {@link ConfigurationCheck}. */
@ApplicationScoped
class ConfigCheck {

    /** The configuration is wrong; the message names each key, its value unless secret, and the remedy. */
    static final class InvalidConfiguration extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidConfiguration(List<String> problems) {
            super(String.join(
                    "\n", problems.stream().map(problem -> "- " + problem).toList()));
        }
    }

    private final FusionConfig config;
    private final Instance<ConfigurationCheck> checks;

    ConfigCheck(FusionConfig config, @Any Instance<ConfigurationCheck> checks) {
        this.config = config;
        this.checks = checks;
    }

    void check(@Observes BeforeInitialize event) {
        var problems = new ArrayList<>(problems(config));
        checks.stream()
                .sorted(Comparator.comparing(check -> check.getClass().getName()))
                .forEach(check -> problems.addAll(check.problems(config)));
        ports(problems, ConfigProvider.getConfig());
        var known = ConfigKeys.with(
                checks.stream().flatMap(check -> check.keys().stream()).toList());
        problems.addAll(ConfigProblems.unknown(ConfigProvider.getConfig(), System.getenv(), known));
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
    }

    /** What is wrong, a line each; empty when nothing is. */
    private static List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        for (var name : config.priorities()) {
            if (Priority.parse(name).isEmpty()) {
                problems.add("fusion.priorities holds '" + name + "': use P1 to P5, separated by commas");
            }
        }
        if (config.triggers().perMinute() < 0) {
            problems.add("fusion.triggers.per-minute is " + config.triggers().perMinute()
                    + ": use how many new incidents of a source may begin within a minute, or 0 for any number");
        }
        return problems;
    }

    /** On one port, each of the two servers would get connections that are meant for the other. */
    private static void ports(List<String> problems, Config config) {
        var management = config.getOptionalValue(PortProblems.MANAGEMENT + ".port", Integer.class);
        var http = config.getOptionalValue(PortProblems.HTTP + ".port", Integer.class);
        if (http.isPresent() && http.get() != 0 && http.equals(management)) {
            problems.add(PortProblems.MANAGEMENT + ".port is " + http.get() + ", as " + PortProblems.HTTP
                    + ".port is: give one of them another port");
        }
    }
}
