package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.openapi.VendorSchemas;
import io.xtribe.fusionhub.platform.PlatformSettings;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.startup.VendorRoutes;
import io.xtribe.fusionhub.testing.InMemoryCommentTexts;
import io.xtribe.fusionhub.testing.InMemoryEndStore;
import io.xtribe.fusionhub.testing.InMemoryIncidentStore;
import io.xtribe.fusionhub.testing.InMemoryReferenceStore;
import io.xtribe.fusionhub.testing.RecordingTimeline;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's route files in a plain Camel context: its properties, its beans, and the sandbox in the platforms'
 * place. Every test has a context of its own, so that nothing one platform refused is remembered in the next test.
 */
@Timeout(30)
abstract class RouteTest extends CamelTestSupport {

    static final Duration SOON = Duration.ofSeconds(5);

    private static final String PLATFORMS = "platforms/";

    static SandboxClient sandbox;

    private static Sandbox server;

    final InMemoryIncidentStore store = new InMemoryIncidentStore();
    final InMemoryReferenceStore references = new InMemoryReferenceStore();
    final InMemoryCommentTexts texts = new InMemoryCommentTexts();
    final InMemoryEndStore ends = new InMemoryEndStore();
    final RecordingTimeline timeline = new RecordingTimeline();
    final MeterRegistry metrics = new SimpleMeterRegistry();

    Beans beans;
    FusionConfig config;

    @BeforeAll
    static void startSandbox() {
        var recorder = VendorSchemas.recorder();
        if (recorder == null) {
            server = Sandbox.start(SandboxOptions.defaults());
            sandbox = new SandboxClient(server.url());
        } else {
            server = Sandbox.start(SandboxOptions.defaults().withPublicUrl(recorder.url()));
            recorder.passTo(server.url());
            sandbox = new SandboxClient(recorder.url());
        }
    }

    @AfterAll
    static void stopSandbox() {
        server.close();
    }

    /** Files below {@code routes/} that the test wants: those by which the built-in platforms are called. */
    List<String> routeFiles() {
        return callsOf("datadog", "pagerduty", "servicenow");
    }

    /** The files by which these platforms are called. */
    static List<String> callsOf(String... platforms) {
        var files = new ArrayList<>(List.of(
                "error-handling.camel.yaml", "converge.camel.yaml", "platforms.camel.yaml", "links.camel.yaml"));
        Stream.of(platforms).map(RouteTest::fileOf).forEach(files::add);
        return files;
    }

    /** The files by which signals of the built-in platforms are taken in. */
    static List<String> intakeFiles() {
        return List.of(
                "error-handling.camel.yaml",
                "signals.camel.yaml",
                fileOf("datadog"),
                fileOf("pagerduty"),
                fileOf("servicenow"));
    }

    /** The routes of one platform. */
    static String fileOf(String platform) {
        return PLATFORMS + platform + "/" + platform + ".camel.yaml";
    }

    /** Properties beside those of the application and the sandbox. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** The application's beans; a test may put others in their place. */
    Beans beans() {
        return new Beans()
                .with(IncidentStore.class, store)
                .with(ReferenceStore.class, references)
                .with(CommentTexts.class, texts)
                .with(EndStore.class, ends)
                .with(Timeline.class, timeline);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        sandbox.reset();
        var properties = properties();
        var values = TestConfig.values(properties);
        config = values.getConfigMapping(FusionConfig.class);
        beans = beans().with(FusionConfig.class, config)
                .with(Config.class, values)
                .with(MeterRegistry.class, metrics);
        var camel = new DefaultCamelContext(new DefaultRegistry(beans));
        beans.unlessGiven(CamelContext.class, camel);
        // Overrides, because Camel finds the application.properties on the class path by itself.
        camel.getPropertiesComponent().setOverrideProperties(properties);
        callsNobodyElse(values);
        // Quarkus finds them by their type.
        beans.findByType(InterceptStrategy.class).forEach(camel.getCamelContextExtension()::addInterceptStrategy);
        camel.getShutdownStrategy().setTimeout(2);
        configureComponents(camel, properties);
        for (var file : routeFiles()) {
            load(camel, file);
        }
        stopTimers(camel);
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                beans.close();
            }
        });
        return camel;
    }

    private void load(CamelContext camel, String file) throws Exception {
        if (file.startsWith(PLATFORMS)) {
            var name = file.substring(PLATFORMS.length(), file.lastIndexOf('/'));
            VendorRoutes.load(camel, beans.get(Platforms.class).find(name).orElseThrow());
        } else {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "classpath:routes/" + file));
        }
    }

    private static void callsNobodyElse(SmallRyeConfig values) {
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            assertThat(values.getValue("fusion." + platform + ".url", String.class))
                    .startsWith("http://127.0.0.1:");
        }
    }

    private Properties properties() throws IOException {
        var properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            properties.setProperty("fusion." + platform + ".url", sandbox.url(platform));
        }
        properties.setProperty("fusion.datadog.app-url", sandbox.url("datadog"));
        properties.putAll(SandboxSettings.ALL);
        properties.putAll(settings());
        return properties;
    }

    private static void configureComponents(CamelContext camel, Properties properties) {
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith("camel.component.")) {
                var path = name.split("\\.", 4);
                PropertyBindingSupport.build()
                        .withIgnoreCase(true)
                        .withMandatory(true)
                        .bind(camel, camel.getComponent(path[2]), path[3], properties.getProperty(name));
            }
        }
    }

    /** A test calls what a timer calls, at a time of its own choosing. */
    private static void stopTimers(ModelCamelContext camel) {
        camel.getRouteDefinitions().stream()
                .filter(route -> route.getInput().getEndpointUri().startsWith("timer:"))
                .forEach(route -> route.autoStartup(false));
    }

    PlatformSettings settings(String platform) {
        return beans.get(Platforms.class).find(platform).orElseThrow().settings();
    }

    /** The operations that a platform was called for, in order. */
    static List<String> calls(String platform) {
        return sandbox.calls(platform, null).findValuesAsText("operation");
    }

    static int calls(String platform, String operation) {
        return sandbox.calls(platform, operation).size();
    }

    /** State-changing calls that reached any platform, refused or not. */
    static int writes() {
        return sandbox.counts().path("writes").asInt();
    }

    /** The records of a platform, of one kind. */
    static List<JsonNode> records(String platform, String kind) {
        var all = sandbox.records().path(platform);
        return Stream.iterate(0, at -> at < all.size(), at -> at + 1)
                .map(all::get)
                .filter(record -> record.path("kind").asText().equals(kind))
                .toList();
    }
}
