package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.lab.local.Installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Alerts and dashboards: on metrics that there are, explained, and fired by promtool where it is on the PATH. */
class MonitoringTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("k8s/components/monitoring");
    private static final Path CASES = Path.of("src/test/resources/prometheus/alerts.yaml");
    private static final Pattern METRIC = Pattern.compile("\\bfusion_[a-z_]+");
    private static final Pattern RECORDED = Pattern.compile("\\bfusion:[a-z0-9_:]+");

    private static JsonNode groups() {
        var file = FOLDER.resolve("prometheus-rule.yaml");
        return Manifest.read(file, Manifest.text(file))
                .get(0)
                .spec()
                .path("groups")
                .deepCopy();
    }

    static Stream<JsonNode> alerts() {
        return rules(groups()).filter(rule -> rule.has("alert"));
    }

    private static Stream<JsonNode> rules(JsonNode groups) {
        return WorkflowRules.entries(groups).flatMap(group -> WorkflowRules.entries(group.path("rules")));
    }

    static Stream<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            return files.sorted().toList().stream();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Manifest.text(file));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void useMetricsThatThereAre() throws IOException {
        var texts = new StringBuilder(groups().toString());
        for (var dashboard : dashboards().toList()) {
            read(dashboard).findValuesAsText("expr").forEach(expression -> texts.append(expression)
                    .append('\n'));
        }
        var known = MetricsPage.rows().keySet();

        assertThat(found(METRIC, texts.toString())).hasSizeGreaterThan(20).allSatisfy(metric -> assertThat(known)
                .contains(MetricsPage.family(metric)));
        var recorded = rules(groups()).map(rule -> rule.path("record").asText()).collect(Collectors.toSet());
        assertThat(found(RECORDED, texts.toString())).isSubsetOf(recorded);
    }

    /** docs/metrics.md says which alert uses a metric, and each alert that it names is there. */
    @Test
    void areNamedByThePageOfMetrics() {
        var recording = rules(groups())
                .filter(rule -> rule.has("record"))
                .collect(Collectors.toMap(rule -> rule.path("record").asText(), rule -> rule.path("expr")
                        .asText()));
        var using = new TreeSet<String>();
        alerts().forEach(alert -> {
            var expression = alert.path("expr").asText();
            found(RECORDED, expression)
                    .forEach(name -> using.add(MetricsPage.family(found(METRIC, recording.get(name))
                                    .iterator()
                                    .next()) + " " + alert.path("alert").asText()));
            found(METRIC, expression)
                    .forEach(metric -> using.add(MetricsPage.family(metric) + " "
                            + alert.path("alert").asText()));
        });
        var named = MetricsPage.rows().values().stream()
                .flatMap(row -> row.alerts().stream().map(alert -> row.name() + " " + alert))
                .collect(Collectors.toCollection(TreeSet::new));

        // What an alert only asks beside is no metric that it is about.
        using.remove("fusion_nats_connected FusionNatsIncomplete");
        assertThat(named).isEqualTo(using);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void eachAlertHasASectionOfTheRunbook(JsonNode alert) {
        var name = alert.path("alert").asText();
        var runbook = Manifest.text(Path.of("docs/runbook.md"));
        var at = runbook.indexOf("\n### " + name + "\n");

        assertThat(alert.at("/annotations/runbook").asText())
                .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
        assertThat(at).as("section %s", name).isPositive();
        var end = runbook.indexOf("\n##", at + 4);
        assertThat(runbook.substring(at, end < 0 ? runbook.length() : end))
                .contains("**Means:**", "**Look:**", "**Do:**");
    }

    @Test
    void theRunbookHasNoSectionOfAnAlertThatIsGone() {
        var names = alerts().map(alert -> alert.path("alert").asText()).collect(Collectors.toSet());

        assertThat(found(Pattern.compile("(?m)^### .*$"), Manifest.text(Path.of("docs/runbook.md"))))
                .extracting(line -> line.substring("### ".length()))
                .isSubsetOf(names);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void dashboardsAreWhatGrafanaReads(Path file) throws IOException {
        var dashboard = read(file);
        var panels = WorkflowRules.entries(dashboard.path("panels")).toList();

        assertThat(dashboard.path("uid").asText())
                .isEqualTo(file.getFileName().toString().replace(".json", ""));
        assertThat(dashboard.path("title").asText()).startsWith("Fusion Hub, ");
        assertThat(panels).hasSizeGreaterThan(5);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText())
                        .as("description of %s", panel.path("title"))
                        .isNotEmpty();
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.path("targets")).isNotEmpty();
            }
        });
        for (var one : panels) {
            for (var other : panels) {
                assertThat(one == other || !overlap(one.path("gridPos"), other.path("gridPos")))
                        .as("%s lies on %s", one.path("title"), other.path("title"))
                        .isTrue();
            }
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return one.path("x").asInt() < other.path("x").asInt() + other.path("w").asInt()
                && other.path("x").asInt()
                        < one.path("x").asInt() + one.path("w").asInt()
                && one.path("y").asInt()
                        < other.path("y").asInt() + other.path("h").asInt()
                && other.path("y").asInt()
                        < one.path("y").asInt() + one.path("h").asInt();
    }

    /** One that no kustomization lists reaches no Grafana. */
    @Test
    void dashboardsAreAllListed() throws IOException {
        var file = FOLDER.resolve("kustomization.yaml");
        var generated = Manifest.read(file, Manifest.text(file)).get(0).json().path("configMapGenerator");

        var listed = WorkflowRules.entries(generated)
                .flatMap(one -> WorkflowRules.entries(one.path("files")).map(JsonNode::asText));
        assertThat(listed.map(FOLDER::resolve))
                .containsExactlyInAnyOrderElementsOf(dashboards().toList());
        assertThat(WorkflowRules.entries(generated)).allSatisfy(one -> assertThat(
                        one.at("/options/labels/grafana_dashboard").asText())
                .isEqualTo("1"));
    }

    /** The cases say of each alert when it fires and when it does not. */
    @Test
    void eachAlertHasCasesInWhichItFiresAndInWhichItDoesNot() {
        var cases = Manifest.read(CASES, Manifest.text(CASES)).get(0).json().path("tests");
        var fires = new TreeSet<String>();
        var isQuiet = new TreeSet<String>();
        WorkflowRules.entries(cases)
                .flatMap(one -> WorkflowRules.entries(one.path("alert_rule_test")))
                .forEach(test -> (test.path("exp_alerts").isEmpty() ? isQuiet : fires)
                        .add(test.path("alertname").asText()));
        var names = alerts().map(alert -> alert.path("alert").asText()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(fires).isEqualTo(names);
        assertThat(isQuiet).isEqualTo(names);
    }

    @Test
    void rulesAndDashboardsAreTakenByPrometheus(@TempDir Path folder) throws IOException, InterruptedException {
        var groups = groups();
        // What dashboards ask is looked at as if it were recorded.
        var asked = ((ArrayNode) groups).addObject().put("name", "dashboards").putArray("rules");
        var number = 0;
        for (var dashboard : dashboards().toList()) {
            for (var expression : read(dashboard).findValuesAsText("expr")) {
                asked.addObject()
                        .put("record", "dashboard:panel_" + ++number)
                        .put("expr", expression.replace("$__rate_interval", "5m"));
            }
        }
        write(folder, groups);

        promtool(folder, "check", "rules", "rules.yaml");
    }

    @Test
    void alertsFireWhenTheyAreTo(@TempDir Path folder) throws IOException, InterruptedException {
        var groups = groups();
        rules(groups).forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        write(folder, groups);
        Files.copy(CASES, folder.resolve("alerts.yaml"));

        promtool(folder, "test", "rules", "alerts.yaml");
    }

    /** JSON is YAML, too. */
    private static void write(Path folder, JsonNode groups) throws IOException {
        Files.writeString(
                folder.resolve("rules.yaml"),
                JSON.createObjectNode().set("groups", groups).toString());
    }

    private static void promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        var tool = Installation.onPath("promtool");
        assumeTrue(tool.isPresent(), "no promtool on the PATH: Debian's package prometheus has it");
        var output = folder.resolve("output");
        var process = new ProcessBuilder(Stream.concat(Stream.of(tool.get().toString()), Stream.of(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }
}
