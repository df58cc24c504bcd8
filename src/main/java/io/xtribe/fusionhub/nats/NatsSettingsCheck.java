package io.xtribe.fusionhub.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.ConfigProblems;
import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/** Checks the addresses of NATS, and the files that a connection needs. */
@Singleton
public class NatsSettingsCheck implements ConfigurationCheck {

    private static final Set<String> SCHEMES = Set.of("nats", "tls");

    @Override
    public List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        var nats = config.nats();
        nats.url().forEach(url -> ConfigProblems.url("fusion.nats.url", url.trim(), SCHEMES)
                .ifPresent(problems::add));
        nats.credentials().ifPresent(path -> AccessFiles.credentialsProblem(path)
                .ifPresent(problem -> problems.add("fusion.nats.credentials is '" + path + "': " + problem)));
        nats.tls().trustStore().ifPresent(path -> AccessFiles.trustStoreProblem(
                        path, nats.tls().trustStorePassword())
                .ifPresent(problem -> problems.add("fusion.nats.tls.trust-store is '" + path + "': " + problem)));
        return problems;
    }
}
