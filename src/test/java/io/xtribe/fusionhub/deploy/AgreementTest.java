package io.xtribe.fusionhub.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Names that stand in more than one file are the same in all of them: image, ports, labels, settings, metrics. */
class AgreementTest {

    private static final List<Manifest> ALL = Manifest.below("k8s", "argo");
    private static final String DOCKERFILE = Manifest.text(Path.of("Dockerfile"));
    private static final String PROPERTIES = Manifest.text(Path.of("src/main/resources/application.properties"));
    private static final Pattern METRIC = Pattern.compile("fusion_[a-z_]+");
    /** Made by others: a Secret that an operator or its owner makes, and what the cluster has. */
    private static final Set<String> FROM_ELSEWHERE = Set.of("Secret/fusion-nats");

    private static Stream<Manifest> of(String... kinds) {
        return ALL.stream().filter(manifest -> List.of(kinds).contains(manifest.kind()));
    }

    private static Manifest hub() {
        return of("Deployment")
                .filter(manifest -> manifest.file().endsWith("base/deployment.yaml"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> containers(Manifest manifest) {
        return Stream.concat(
                WorkflowRules.entries(manifest.spec().at("/template/spec/containers")),
                WorkflowRules.entries(manifest.spec().path("templates"))
                        .map(template -> template.path("container"))
                        .filter(container -> !container.isMissingNode()));
    }

    @Test
    void nameOneImage() {
        var images = of("Deployment", "WorkflowTemplate")
                .flatMap(AgreementTest::containers)
                .map(container -> container.path("image").asText())
                .filter(image -> !image.isEmpty())
                .collect(Collectors.toSet());
        var tags = of("Kustomization")
                .flatMap(kustomization ->
                        WorkflowRules.entries(kustomization.json().path("images")))
                .map(image ->
                        image.path("name").asText() + ":" + image.path("newTag").asText())
                .collect(Collectors.toSet());

        assertThat(tags).hasSize(1);
        assertThat(images).isSubsetOf("fusion-hub", tags.iterator().next());
        assertThat(Manifest.text(Path.of("k8s/test/run")))
                .contains("IMAGE=" + tags.iterator().next());
    }

    @Test
    void startWhatTheImageHas() {
        var entrypoint = "/opt/fusion/container-entrypoint";
        assertThat(DOCKERFILE).contains("ENTRYPOINT [\"" + entrypoint + "\"]").contains("USER 10001:10001");
        assertThat(Path.of("bin/container-entrypoint")).isExecutable();
        assertThat(of("WorkflowTemplate").flatMap(AgreementTest::containers))
                .allSatisfy(container ->
                        assertThat(container.at("/command/0").asText()).isEqualTo(entrypoint));
        assertThat(hub().spec().at("/template/spec/securityContext/runAsUser").asInt())
                .isEqualTo(10001);
    }

    @Test
    void useThePortsOfTheHub() {
        var ports = WorkflowRules.named(hub().spec().at("/template/spec/containers/0/ports"));
        assertThat(PROPERTIES)
                .contains("quarkus.http.port="
                        + ports.get("http").path("containerPort").asText() + "\n")
                .contains("quarkus.management.port="
                        + ports.get("management").path("containerPort").asText() + "\n");
        assertThat(DOCKERFILE).contains("EXPOSE 8080 9000 9400");
    }

    /** Each Service leads to pods that are there, and to ports that they have. */
    @Test
    void leadServicesToPods() {
        var services =
                of("Service").filter(service -> service.spec().has("selector")).toList();
        assertThat(services).isNotEmpty().allSatisfy(service -> {
            var pods = of("Deployment", "StatefulSet")
                    .filter(one -> one.spec().has("selector"))
                    .filter(one -> holds(
                            one.spec().at("/template/metadata/labels"),
                            service.spec().path("selector")))
                    .toList();
            assertThat(pods).as(service.title()).hasSize(1);
            var ports = WorkflowRules.named(pods.get(0).spec().at("/template/spec/containers/0/ports"))
                    .keySet();
            assertThat(service.spec().path("ports"))
                    .allSatisfy(
                            port -> assertThat(port.path("targetPort").asText()).isIn(ports));
        });
    }

    @Test
    void selectWhatTheyMake() {
        assertThat(of("Deployment", "StatefulSet").filter(one -> one.spec().has("selector")))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(holds(
                                one.spec().at("/template/metadata/labels"),
                                one.spec().at("/selector/matchLabels")))
                        .as(one.title())
                        .isTrue());
        assertThat(of("PodDisruptionBudget")).allSatisfy(budget -> assertThat(holds(
                        hub().spec().at("/template/metadata/labels"),
                        budget.spec().at("/selector/matchLabels")))
                .isTrue());
    }

    private static boolean holds(JsonNode labels, JsonNode wanted) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(one -> labels.path(one.getKey()).equals(one.getValue()));
    }

    @Test
    void referToWhatIsThere() {
        var made = of("ConfigMap", "Secret", "ServiceAccount")
                .map(manifest -> manifest.kind() + "/" + manifest.name())
                .collect(Collectors.toCollection(TreeSet::new));
        // An ExternalSecret makes the Secret of its name.
        of("ExternalSecret")
                .forEach(external ->
                        made.add("Secret/" + external.spec().at("/target/name").asText()));
        var wanted = new TreeMap<String, String>();
        ALL.forEach(manifest -> references(manifest, wanted));

        assertThat(wanted.keySet())
                .contains("ConfigMap/fusion-hub", "Secret/fusion-hub", "ServiceAccount/fusion-sensor");
        assertThat(wanted).allSatisfy((reference, from) -> assertThat(
                        made.contains(reference) || FROM_ELSEWHERE.contains(reference))
                .as(reference + ", wanted by " + from)
                .isTrue());
    }

    private static void references(Manifest manifest, Map<String, String> wanted) {
        Map.of(
                        "configMapRef", "ConfigMap/",
                        "configMap", "ConfigMap/",
                        "secretRef", "Secret/",
                        "secretKeyRef", "Secret/",
                        "authSecret", "Secret/")
                .forEach((member, kind) -> manifest.json().findValues(member).stream()
                        .filter(value -> value.has("name"))
                        .forEach(value -> wanted.put(kind + value.path("name").asText(), manifest.title())));
        manifest.json().findValuesAsText("secretName").forEach(name -> wanted.put("Secret/" + name, manifest.title()));
        manifest.json()
                .findValuesAsText("serviceAccountName")
                .forEach(name -> wanted.put("ServiceAccount/" + name, manifest.title()));
    }

    /** A key that the hub does not know would fail its start. */
    @Test
    void setKeysThatTheHubKnows() {
        var known = Stream.of(PROPERTIES, Manifest.text(Path.of("docs/platforms.md")))
                .flatMap(text ->
                        Pattern.compile("fusion\\.[a-z.-]+").matcher(text).results())
                .map(match -> match.group().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toSet());
        var set = of("ConfigMap", "Secret")
                .flatMap(manifest -> Stream.of("data", "stringData")
                        .flatMap(member -> manifest.json().path(member).properties().stream()))
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith("FUSION_"))
                .filter(key -> !key.matches("FUSION_WEBHOOKS_[A-Z]+_SECRET"))
                .collect(Collectors.toSet());

        assertThat(set).contains("FUSION_NATS_URL", "FUSION_PAGERDUTY_TOKEN").isSubsetOf(known);
    }

    /** The same sandbox, by compose and on a cluster. */
    @Test
    void giveTheSandboxTheSameSettings() {
        var compose = Manifest.read(Path.of("compose.yaml"), Manifest.text(Path.of("compose.yaml")))
                .get(0)
                .json();
        var cluster = new TreeMap<String, String>();
        ALL.stream()
                .filter(manifest -> manifest.file().startsWith("k8s/base")
                        || manifest.file().startsWith("k8s/overlays/sandbox"))
                .filter(manifest -> manifest.name().equals("fusion-hub"))
                .forEach(manifest -> Stream.of("data", "stringData").forEach(member -> manifest.json()
                        .path(member)
                        .properties()
                        .forEach(one -> cluster.put(one.getKey(), one.getValue().asText()))));
        cluster.remove("FUSION_ROUTES_PATH");

        compose.at("/services/hub/environment").properties().stream()
                .filter(one -> !one.getKey().equals("FUSION_CATALOGUE"))
                .forEach(one -> assertThat(cluster.remove(one.getKey()))
                        .as(one.getKey())
                        .isEqualTo(one.getValue().asText()));
        assertThat(cluster).isEmpty();
    }

    @Test
    void alertOnMetricsThatTheHubHas() {
        var known = MetricsPage.rows().keySet();
        var rules = Manifest.text(Path.of("k8s/components/monitoring/prometheus-rule.yaml"));

        assertThat(METRIC.matcher(rules).results().map(match -> match.group()))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(known).contains(MetricsPage.family(metric)));
    }

    @Test
    void listenOnSubjectsThatTheHubPublishes() {
        assertThat(of("EventSource").flatMap(source -> source.json().findValuesAsText("subject").stream()))
                .containsExactlyInAnyOrder("fusion.jobs.requested", "fusion.incidents.opened");
        assertThat(Manifest.text(Path.of("docs/events.md"))).contains("`fusion.incidents.opened`");
    }

    @Test
    void ignoreWhatTheImageIsNotMadeOf() {
        assertThat(Manifest.text(Path.of(".dockerignore")).lines().filter(line -> line.startsWith("!")))
                .allSatisfy(line -> {
                    var path = Path.of(line.substring(1));
                    assertThat(Files.exists(path) || path.startsWith("target"))
                            .as(line)
                            .isTrue();
                });
    }
}
