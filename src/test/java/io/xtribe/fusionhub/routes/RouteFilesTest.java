package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import io.xtribe.fusionhub.job.JobCommand;
import io.xtribe.fusionhub.platform.EnrichmentMapping;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.startup.DirectRoutes;
import io.xtribe.fusionhub.startup.VendorRoutes;
import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What the route files promise to those who read, edit and operate them; CONTRIBUTING.md. */
class RouteFilesTest {

    /** What fits a screen; nested steps count. */
    private static final int MOST_STEPS = 15;

    private static final List<String> SETTERS = List.of(
            "setBody",
            "setHeader",
            "setHeaders",
            "setProperty",
            "setVariable",
            "removeHeader",
            "removeHeaders",
            "transform");

    private static final Path PLATFORMS = RouteFiles.FOLDER.resolve("platforms");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^?}:]+)}}");
    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() {
        schema = JsonSchemaFactory.getInstance(VersionFlag.V4)
                .getSchema(RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    }

    static Set<String> files() {
        return RouteFiles.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValidForCamelsOwnSchema(String file) {
        assertThat(schema.validate(RouteFiles.all().get(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isNamedInKebabCaseWithTheEndingThatEditorsKnow(String file) {
        assertThat(file).matches("(platforms/[a-z]+/)?[a-z]+(-[a-z]+)*\\.camel\\.yaml");
    }

    @Test
    void everyFolderIsIncludedInTheApplication() throws IOException {
        var patterns = List.of(
                properties().getProperty("camel.main.routes-include-pattern").split(","));

        assertThat(patterns).containsExactly("classpath:routes/*.camel.yaml");
        assertThat(files()).allSatisfy(file -> assertThat(file).matches("[^/]+|platforms/([^/]+)/\\1\\.camel\\.yaml"));
    }

    @Test
    void everyRouteHasAnIdAndOneSentenceOfDescription() {
        assertThat(RouteFiles.routes()).isNotEmpty().allSatisfy(route -> {
            assertThat(route.path("id").asText()).matches("[a-z]+(-[a-z]+)*");
            assertThat(route.path("description").asText())
                    .as(route.path("id").asText())
                    .matches("[A-Z].{9,110}[^.\\s]")
                    .doesNotContain(". ", "\n");
        });
    }

    @Test
    void everyRouteIsCalledByItsId() {
        assertThat(RouteFiles.routes())
                .filteredOn(route -> route.path("from").path("uri").asText().equals("direct"))
                .allSatisfy(route -> assertThat(route.path("from")
                                .path("parameters")
                                .path("name")
                                .asText())
                        .isEqualTo(route.path("id").asText()));
    }

    @Test
    void everyRouteFitsAScreen() {
        assertThat(RouteFiles.routes()).allSatisfy(route -> assertThat(RouteFiles.steps(route))
                .as(route.path("id").asText())
                .hasSizeBetween(1, MOST_STEPS));
    }

    @Test
    void idsAreUniqueInTheWholeApplication() {
        var ids = new ArrayList<String>();
        RouteFiles.named("id").stream().filter(JsonNode::isTextual).forEach(id -> ids.add(id.asText()));

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void stepsAreNamedAfterTheirRoute() {
        for (var route : RouteFiles.routes()) {
            var id = route.path("id").asText();
            for (var step : RouteFiles.steps(route)) {
                var body = step.elements().next();
                if (body.has("id")) {
                    assertThat(body.path("id").asText()).startsWith(id + "-");
                }
            }
        }
    }

    @Test
    void whatLeavesTheRouteOrDecidesHasAnId() {
        for (var route : RouteFiles.routes()) {
            for (var step : RouteFiles.steps(route)) {
                var kind = step.fieldNames().next();
                if (Set.of("to", "toD", "bean", "choice", "filter", "split", "loop", "threads")
                        .contains(kind)) {
                    assertThat(step.path(kind).path("id").asText())
                            .as("%s in %s", kind, route.path("id").asText())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void everyDirectTargetExists() {
        var targets = new TreeSet<String>();
        for (var to : RouteFiles.named("to")) {
            if (to.path("uri").asText().equals("direct")) {
                targets.add(to.path("parameters").path("name").asText());
            }
        }
        RouteFiles.named("toD").stream()
                .map(to -> to.path("uri").asText())
                .filter(uri -> uri.startsWith("direct:") && !uri.contains("${"))
                .forEach(uri -> targets.add(uri.substring("direct:".length())));

        assertThat(targets).isNotEmpty();
        assertThat(RouteFiles.routeIds()).containsAll(targets);
    }

    @Test
    void noRouteIsLeftThatNobodyCalls() {
        var called = new TreeSet<String>();
        RouteFiles.named("to")
                .forEach(to -> called.add(to.path("parameters").path("name").asText()));
        RouteFiles.named("wireTap")
                .forEach(tap -> called.add(tap.path("uri").asText().replaceFirst("^direct:", "")));
        // What a platform must have is called by its name: startup/DirectRoutes.
        platforms().forEach(platform -> called.addAll(DirectRoutes.routes(platform)));
        called.addAll(jobs());

        assertThat(RouteFiles.routes())
                .filteredOn(route -> route.path("from").path("uri").asText().equals("direct"))
                .extracting(route -> route.path("id").asText())
                .allMatch(called::contains);
    }

    @Test
    void everyJobHasItsRoute() {
        assertThat(RouteFiles.routeIds()).containsAll(jobs());
    }

    private static List<String> jobs() {
        return new CommandLine(new JobCommand())
                .getSubcommands().keySet().stream().map(name -> "job-" + name).toList();
    }

    @Test
    void everyPlatformHasItsRoutes() {
        platforms().forEach(platform -> {
            var routes = new ArrayList<>(RouteFiles.routeIds());
            routes.addAll(VendorRoutes.described(platform));
            routes.add(platform.name() + "-signal");
            assertThat(routes).containsAll(DirectRoutes.routes(platform)).doesNotHaveDuplicates();
        });
    }

    @Test
    void everyRequestToAPlatformIsOneStepOfItsComponent() {
        var files = RouteFiles.all();
        // Its requests go to whoever is to be told when a platform cannot be called.
        files.remove("fallback.camel.yaml");
        assertThat(files.values().stream()
                        .flatMap(file -> file.findValues("uri").stream())
                        .map(JsonNode::asText))
                .filteredOn(uri -> uri.startsWith("http") || uri.startsWith("servicenow") || uri.startsWith("{{"))
                .isEmpty();
    }

    /** Where many do, a route tells more of Camel than of the vendor; docs/adr/0029. */
    @Test
    void fewStepsOfThePlatformsOnlySetSomething() {
        var steps = RouteFiles.all().entrySet().stream()
                .filter(file -> file.getKey().startsWith("platforms/"))
                .flatMap(file -> RouteFiles.steps(file.getValue()).stream())
                .toList();
        var setting = steps.stream().filter(step -> SETTERS.stream().anyMatch(step::has));

        assertThat(steps).hasSizeGreaterThan(100);
        assertThat(100.0 * setting.count() / steps.size())
                .as("share of steps that only set a body, header or property, in percent")
                .isLessThan(15);
    }

    /** Kaoto draws the description, and no parameters of the component. */
    @Test
    void everyRequestThatIsMadeOnlySometimesSaysWhen() {
        assertThat(RouteFiles.named("to"))
                .filteredOn(to -> to.path("parameters").has("when"))
                .isNotEmpty()
                .allSatisfy(to -> assertThat(to.path("description").asText())
                        .as(to.path("id").asText())
                        .isNotEmpty());
    }

    /** Kaoto draws all requests alike: of one alone the route's description tells what it is, of several it does not. */
    @Test
    void atMostOneRequestOfARouteHasNoDescription() {
        for (var route : RouteFiles.routes()) {
            assertThat(RouteFiles.steps(route))
                    .as(route.path("id").asText())
                    .filteredOn(step -> step.path("to").path("uri").asText().startsWith("platform:"))
                    .filteredOn(step -> !step.path("to").has("description"))
                    .hasSizeLessThan(2);
        }
    }

    /** Kaoto writes back no others. */
    @ParameterizedTest
    @MethodSource("files")
    void commentsStandOnlyAboveTheFirstEntry(String file) throws IOException {
        assertThat(Files.readAllLines(RouteFiles.FOLDER.resolve(file)).stream().dropWhile(line -> line.startsWith("#")))
                .noneMatch(line -> line.matches("\\s*#.*|[^\"']*\\s#\\s.*"));
    }

    @Test
    void everyErrorHandlingThatARouteNamesExists() {
        var configurations = RouteFiles.named("routeConfiguration").stream()
                .map(configuration -> configuration.path("id").asText())
                .collect(Collectors.toSet());

        assertThat(RouteFiles.named("routeConfigurationId"))
                .extracting(JsonNode::asText)
                .allMatch(configurations::contains);
    }

    @Test
    void everyBeanExistsAndHasTheMethod() {
        assertThat(RouteFiles.named("bean")).isNotEmpty().allSatisfy(step -> {
            var ref = step.path("ref").asText();
            var method = step.path("method").asText().replaceFirst("\\(.*", "");
            assertThat(Beans.types()).containsKey(ref);
            assertThat(Arrays.stream(Beans.types().get(ref).getMethods()).map(one -> one.getName()))
                    .as(ref)
                    .contains(method);
        });
    }

    @Test
    void everyObjectThatARouteNamesExists() {
        assertThat(texts())
                .filteredOn(text -> text.startsWith("#"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(Beans.types()).containsKey(text.substring(1)));
    }

    @Test
    void everyPropertyThatARouteReadsIsInTheReference() throws IOException {
        // Commented out are those without a default.
        var reference = Files.readString(Path.of("src/main/resources/application.properties"));

        assertThat(texts().flatMap(text -> PLACEHOLDER.matcher(text).results().map(match -> match.group(1))))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(reference).containsPattern("(?m)^#?" + Pattern.quote(key) + "="));
    }

    /** What is mapped is a vendor's, and stands in its folder. */
    @Test
    void noMappingIsForAllVendors() throws IOException {
        assertThat(texts()).isNotEmpty().noneMatch(text -> text.contains("resource:"));
    }

    @Test
    void everyMappingOfAPlatformIsUsed() throws IOException {
        for (var platform : platforms()) {
            var folder = PLATFORMS.resolve(platform.name());
            var text = Files.readString(folder.resolve(platform.name() + ".camel.yaml"))
                    + Files.readString(folder.resolve("platform.yaml"))
                    + "signal.jq"
                    + EnrichmentMapping.FILE;

            assertThat(jqFiles(PLATFORMS.resolve(platform.name()))).allMatch(text::contains);
        }
    }

    private static List<String> jqFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jq"))
                    .toList();
        }
    }

    @Test
    void everyMappingAndEveryExpressionCompiles() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.start();
            for (var jq : RouteFiles.named("jq")) {
                var expression = jq.path("expression").asText();
                assertThatCode(() -> camel.resolveLanguage("jq")
                                .createExpression(expression)
                                .init(camel))
                        .as(expression)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void operatorsStandOnlyWhereTheyAreEvaluated() {
        // Where a value is asked for, simple takes "${a} == b" for text.
        var operator = Pattern.compile("} (==|!=|>|<|>=|<=|contains|in|is|regex|startsWith) ");
        for (var route : RouteFiles.routes()) {
            for (var step : RouteFiles.steps(route)) {
                for (var setter : List.of("setBody", "setProperty", "setHeader")) {
                    var simple = step.path(setter)
                            .path("expression")
                            .path("simple")
                            .path("expression")
                            .asText();
                    assertThat(operator.matcher(simple).find())
                            .as("%s in %s", simple, route.path("id").asText())
                            .isFalse();
                }
            }
        }
    }

    private static List<Platform> platforms() {
        try {
            var values = TestConfig.values(properties());
            return Arrays.stream(properties().getProperty("fusion.platforms").split(","))
                    .map(name -> Platform.find(name, Optional.empty(), values).orElseThrow())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties() throws IOException {
        var properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return properties;
    }

    /** Every text in every file. */
    private static Stream<String> texts() {
        return RouteFiles.all().values().stream().flatMap(RouteFilesTest::texts);
    }

    private static Stream<String> texts(JsonNode node) {
        var children = new ArrayList<JsonNode>();
        node.forEach(children::add);
        return node.isTextual()
                ? Stream.of(node.textValue())
                : children.stream().flatMap(RouteFilesTest::texts);
    }
}
