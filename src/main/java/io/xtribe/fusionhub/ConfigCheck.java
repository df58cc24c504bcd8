package io.xtribe.fusionhub;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.quarkus.main.events.BeforeInitialize;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.nats.AccessFiles;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.CatalogueFile;
import io.xtribe.fusionhub.signal.InvalidCatalogueException;

/** Checks before the start what types cannot: names, URLs, and what each platform that takes part needs. */
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

    private static final Set<String> BIRTHS =
            Set.of("datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual", "pagerduty.service");

    private final FusionConfig config;

    ConfigCheck(FusionConfig config) {
        this.config = config;
    }

    void check(@Observes BeforeInitialize event) {
        var problems = problems(config);
        ports(problems, ConfigProvider.getConfig());
        ConfigKeys.unknownVariables(System.getenv())
                .forEach(name -> problems.add(ConfigProblems.unknownVariable(name)));
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
    }

    /** What is wrong, a line each; empty when nothing is. */
    static List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        for (var name : config.priorities()) {
            if (Priority.parse(name).isEmpty()) {
                problems.add("fusion.priorities holds '" + name + "': use P1 to P5, separated by commas");
            }
        }
        var known = Platforms.settings(config);
        for (var name : config.platforms()) {
            if (!known.containsKey(name)) {
                problems.add("fusion.platforms holds '" + name + "': use " + sorted(known.keySet()));
            }
        }
        for (var name : config.webhooks().keySet()) {
            if (!known.containsKey(name)) {
                problems.add(
                        "fusion.webhooks." + name + ".secret is for an unknown source: use " + sorted(known.keySet()));
            }
        }
        for (var source : config.births().sources()) {
            if (!BIRTHS.contains(source)) {
                problems.add("fusion.births.sources holds '" + source + "': use " + sorted(BIRTHS));
            }
        }
        config.catalogue().ifPresent(path -> catalogue(problems, path));
        natsAccess(problems, config.nats());
        config.nats().url().forEach(url -> url(problems, "fusion.nats.url", url.trim(), Set.of("nats", "tls")));
        known.forEach((name, settings) -> {
            if (config.platforms().contains(name)) {
                url(problems, "fusion." + name + ".url", settings.url().toString(), Set.of("http", "https"));
                if (settings.timeout().compareTo(config.converge().lease()) >= 0) {
                    problems.add("fusion." + name + ".timeout is " + settings.timeout()
                            + ", not shorter than fusion.converge.lease ("
                            + config.converge().lease()
                            + "): shorten the one or lengthen the other");
                }
            }
        });
        if (config.platforms().contains("datadog")) {
            var datadog = config.datadog();
            required(problems, "fusion.datadog.api-key", datadog.apiKey());
            required(problems, "fusion.datadog.app-key", datadog.appKey());
            required(problems, "fusion.datadog.project-id", datadog.projectId());
            url(problems, "fusion.datadog.app-url", datadog.appUrl().toString(), Set.of("http", "https"));
        }
        if (config.platforms().contains("servicenow")) {
            var servicenow = config.servicenow();
            if (servicenow.url().toString().equals(FusionConfig.Servicenow.UNSET)) {
                problems.add(ConfigProblems.missing("fusion.servicenow.url"));
            }
            var isClient = servicenow.clientId().isPresent();
            if (isClient) {
                required(problems, "fusion.servicenow.client-secret", servicenow.clientSecret());
            }
            if (!isClient || servicenow.password().isPresent()) {
                required(problems, "fusion.servicenow.username", servicenow.username());
            }
            if (!isClient || servicenow.username().isPresent()) {
                required(problems, "fusion.servicenow.password", servicenow.password());
            }
        }
        if (config.platforms().contains("pagerduty")) {
            var pagerduty = config.pagerduty();
            required(problems, "fusion.pagerduty.token", pagerduty.token());
            required(problems, "fusion.pagerduty.from", pagerduty.from());
            required(problems, "fusion.pagerduty.service-id", pagerduty.serviceId());
        }
        return problems;
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private static void required(List<String> problems, String key, Optional<String> value) {
        if (value.isEmpty()) {
            problems.add(ConfigProblems.missing(key));
        }
    }

    private static void natsAccess(List<String> problems, FusionConfig.Nats nats) {
        nats.credentials().ifPresent(path -> AccessFiles.credentialsProblem(path)
                .ifPresent(problem -> problems.add("fusion.nats.credentials is '" + path + "': " + problem)));
        nats.tls().trustStore().ifPresent(path -> AccessFiles.trustStoreProblem(
                        path, nats.tls().trustStorePassword())
                .ifPresent(problem -> problems.add("fusion.nats.tls.trust-store is '" + path + "': " + problem)));
    }

    /** Two servers on one port would share its connections between them, each getting requests meant for the other. */
    private static void ports(List<String> problems, Config config) {
        var management = config.getOptionalValue(PortProblems.MANAGEMENT + ".port", Integer.class);
        var http = config.getOptionalValue(PortProblems.HTTP + ".port", Integer.class);
        if (http.isPresent() && http.get() != 0 && http.equals(management)) {
            problems.add(PortProblems.MANAGEMENT + ".port is " + http.get() + ", as " + PortProblems.HTTP
                    + ".port is: give one of them another port");
        }
    }

    private static void catalogue(List<String> problems, String path) {
        try {
            CatalogueFile.read(Path.of(path));
        } catch (InvalidCatalogueException e) {
            e.problems().forEach(problem -> problems.add("fusion.catalogue is '" + path + "': " + problem));
        }
    }

    static void url(List<String> problems, String key, String text, Set<String> schemes) {
        if (!isUrl(text, schemes)) {
            // A password in it is nobody's business.
            problems.add(key + " is '" + text.replaceFirst("//[^/@]*@", "//***@") + "': use a URL that begins with "
                    + schemes.stream().sorted().collect(Collectors.joining(":// or ", "", "://"))
                    + " and names a host");
        }
    }

    private static boolean isUrl(String text, Set<String> schemes) {
        try {
            var url = new URI(text);
            return url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
