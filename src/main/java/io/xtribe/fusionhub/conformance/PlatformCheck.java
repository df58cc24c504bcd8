package io.xtribe.fusionhub.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.platform.Descriptor.Setting;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.LessText;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformClients;
import io.xtribe.fusionhub.platform.PlatformComponent;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.startup.RouteCheck;
import io.xtribe.fusionhub.startup.RouteProblems;
import io.xtribe.fusionhub.startup.RoutesOfFolder;

/**
 * Checks the folder of one vendor: descriptor, routes and mappings as the hub does when it starts, then the cases of its
 * folder {@code cases}. Without a network, without NATS, and without a word about the vendor beside the folder.
 */
public final class PlatformCheck {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;
    private final CannedTransport transport = new CannedTransport();
    private final OptionalFeatures features = new OptionalFeatures();
    private final List<String> problems = new ArrayList<>();
    private int cases;

    /** Of the folder of that path, whose name is the platform's. */
    public PlatformCheck(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** What is wrong, a line each; empty when nothing is. */
    public List<String> run() {
        try {
            var name = folder.getFileName().toString();
            var platform = Platform.find(name, Optional.of(folder.getParent()), placeholders(Map.of()));
            if (platform.isEmpty() || !platform.get().folder().routes().startsWith("file:")) {
                return List.of(folder + " holds no platform.yaml, or its name is not of the form a-z, 0-9 and -");
            }
            check(Platform.find(
                            name,
                            Optional.of(folder.getParent()),
                            placeholders(
                                    placeholders(platform.get().descriptor().settings(), name)))
                    .orElseThrow());
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    /** How many cases were run. */
    public int cases() {
        return cases;
    }

    private void check(Platform platform) {
        var branches = Executors.newCachedThreadPool();
        try (var camel = new DefaultCamelContext()) {
            RoutesOfFolder.load(camel, platform);
            new RouteCheck(camel, List.of(platform)).check();
            prepare(camel, platform, branches);
            camel.start();
            runCases(camel, platform);
        } catch (Exception e) {
            problems.add(RouteProblems.explain(e).orElseGet(() -> said(e)));
        } finally {
            branches.shutdownNow();
        }
    }

    private void prepare(CamelContext camel, Platform platform, ExecutorService branches) {
        var clients =
                new PlatformClients(new Platforms(platform), any -> transport, unlimited(), new SimpleMeterRegistry());
        camel.addComponent("platform", new PlatformComponent(clients));
        camel.getRegistry().bind("optionalFeatures", features);
        camel.getRegistry().bind("lessText", new LessText());
        camel.getRegistry().bind("branches", branches);
    }

    private void runCases(CamelContext camel, Platform platform) throws IOException {
        var folderOfCases = folder.resolve("cases");
        if (!Files.isDirectory(folderOfCases)) {
            return;
        }
        try (var files = Files.list(folderOfCases);
                var template = camel.createProducerTemplate()) {
            var steps = new CaseWords(platform.words());
            for (var file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                cases++;
                try {
                    var one = JSON.readValue(file.toFile(), ConformanceCase.class);
                    platform.lists().forget();
                    features.forget();
                    one.lists().forEach(platform.lists()::remember);
                    run(one, template, steps)
                            .forEach(problem -> problems.add("cases/" + file.getFileName() + ": " + problem));
                } catch (JsonProcessingException e) {
                    problems.add("cases/" + file.getFileName() + ", line "
                            + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": "
                            + e.getOriginalMessage());
                }
            }
        }
    }

    /** A route is called {@code <platform>-<operation>}, with a part behind that where there are several. */
    private String operation(String route) {
        return route.substring(folder.getFileName().toString().length()).replaceFirst("^-(\\w+).*", "$1");
    }

    private List<String> run(ConformanceCase one, ProducerTemplate template, CaseWords words) {
        transport.expect(one.exchanges());
        words.addSent(one.body());
        var exchange = template.request("direct:" + one.route(), asked -> {
            asked.getIn().setBody(one.body());
            asked.setProperty("view", one.body());
            one.properties().forEach(asked::setProperty);
            if (one.body() instanceof ObjectNode view) {
                asked.setProperty("run", new CaseStep(operation(one.route()), view));
            }
        });
        var found = new ArrayList<>(transport.problems());
        var failure = exchange.getException() == null
                ? null
                : FailureClassifier.ofException("the platform", exchange.getException());
        if (failure != null && one.failure() == null) {
            found.add("it failed: " + failure.getMessage());
        } else if (one.failure() != null
                && (failure == null || !failure.kind().name().equals(one.failure()))) {
            found.add("it should fail with " + one.failure() + ", and "
                    + (failure == null
                            ? "did not fail"
                            : "failed with " + failure.kind() + ": " + failure.getMessage()));
        }
        if (failure == null) {
            found.addAll(Yield.problems(
                    operation(one.route()), one.body(), exchange.getMessage().getBody(), words.words()));
        }
        var result = exchange.getMessage().getBody() instanceof JsonNode node ? words.ours(node, one.body()) : null;
        if (one.result() != null && failure == null && !Objects.equals(one.result(), result)) {
            found.add("it yields " + result + " instead of " + one.result());
        }
        return found;
    }

    private static Availability unlimited() {
        return new Availability(List.of(), System::nanoTime, () -> 1, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private static String said(Throwable failure) {
        return Causes.of(failure)
                .filter(cause -> cause.getMessage() != null)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElse(failure.toString());
    }

    /** Each setting has its default, or its own name as its value, so that requests can be told apart. */
    private static Map<String, String> placeholders(Map<String, Setting> settings, String name) {
        var values = new TreeMap<String, String>();
        settings.forEach((key, setting) -> {
            if (setting.defaultValue() == null) {
                values.put(
                        "fusion." + name + "." + key,
                        switch (setting.type()) {
                            case URL -> "https://" + key + ".example";
                            case DURATION -> "10s";
                            case NUMBER -> "1";
                            case TEXT -> setting.required() ? key : "";
                        });
            }
        });
        values.values().removeIf(String::isEmpty);
        return values;
    }

    static Config placeholders(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "placeholders", 500))
                .build();
    }
}
