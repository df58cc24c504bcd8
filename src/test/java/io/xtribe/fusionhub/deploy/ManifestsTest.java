package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every object of k8s/ and argo/ has members that its kind knows, of the right type. */
class ManifestsTest {

    private static final String[] FOLDERS = {"k8s", "argo"};
    /** In YAML 1.1, which Kubernetes reads, these are booleans. */
    private static final Pattern OLD_BOOLEAN = Pattern.compile("(?m)[:\\[,-] +(y|n|yes|no|on|off)\\s*([,\\]}]|$)");

    private static final List<Manifest> ALL = Manifest.below(FOLDERS);
    private static final Set<Path> PATCHES = kustomizations()
            .flatMap(one -> one.json().path("patches").findValuesAsText("path").stream()
                    .map(one.file().getParent()::resolve))
            .collect(Collectors.toSet());

    static Stream<Manifest> manifests() {
        return ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void isReadStrictly(Manifest manifest) {
        // What an overlay merges into a whole object may leave out members that the whole needs.
        var isPatch = PATCHES.contains(manifest.file());

        assertThat(StrictTypes.problems(manifest.json()))
                .as(manifest.title())
                .filteredOn(problem -> !isPatch || problem.contains("is not defined in the"))
                .isEmpty();
    }

    /** Each of these was accepted by a linter or an API server, or is the kind of mistake that people make. */
    @ParameterizedTest
    @CsvSource({
        "k8s/base/deployment.yaml, imagePullPolicy, imagePullPolcy",
        "k8s/base/deployment.yaml, replicas: 2, replicas: two",
        "k8s/base/deployment.yaml, failureThreshold, failureTreshold",
        "k8s/base/pod-disruption-budget.yaml, maxUnavailable, maxUnavailible",
        "k8s/components/network-policies/network-policies.yaml, podSelector, podSelectors",
        "k8s/components/keda/scaled-object.yaml, lagThreshold, lagTreshold",
        "k8s/components/monitoring/service-monitor.yaml, interval, intervall",
        "k8s/components/monitoring/prometheus-rule.yaml, expr, expression",
        "k8s/components/external-secrets/external-secrets.yaml, extract, extrakt",
        "k8s/overlays/sandbox/kustomization.yaml, resources, ressources",
        "argo/workflow-templates/fusion-reconcile.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
        "argo/workflow-templates/fusion-reconcile.yaml, retryStrategy, retryStrategie",
        "argo/workflow-templates/fusion-reconcile.yaml, secondsAfterFailure: 604800, secondsAfterFailure: a week",
        "argo/cron-workflows/fusion-doctor-hourly.yaml, schedules, schedule",
        "argo/event-bus/default.yaml, streamConfig, streamConfiguration",
        "argo/event-sources/fusion-nats.yaml, jsonBody, jsonBodi",
        "argo/event-sources/fusion-webhook.yaml, endpoint, endpont",
        "argo/sensors/fusion-jobs.yaml, atLeastOnce, atLeastOnc",
        "argo/sensors/fusion-jobs.yaml, dataLogicalOperator, dataLogicOperator"
    })
    void findsWhatIsMisspelt(String file, String right, String wrong) {
        var path = Path.of(file);
        var text = Manifest.text(path);
        assertThat(text).contains(right);

        var problems = Manifest.read(path, text.replaceFirst(Pattern.quote(right), wrong)).stream()
                .flatMap(manifest -> StrictTypes.problems(manifest.json()).stream())
                .toList();

        assertThat(problems).isNotEmpty();
    }

    @Test
    void holdNoWordThatIsABooleanForKubernetes() {
        assertThat(manifests().map(Manifest::file).distinct()).isNotEmpty().allSatisfy(file -> assertThat(
                        OLD_BOOLEAN.matcher(Manifest.text(file)).find())
                .as(file.toString())
                .isFalse());
        assertThat(OLD_BOOLEAN.matcher("name: y\n").find()).isTrue();
    }

    /** A file that no kustomization lists is applied by nobody. */
    @ParameterizedTest
    @MethodSource("kustomizations")
    void listsFilesThatAreThere(Manifest kustomization) throws IOException {
        var folder = kustomization.file().getParent();
        var named = Stream.of("resources", "components", "configurations")
                .flatMap(member -> stream(kustomization, member))
                .toList();
        assertThat(named).allSatisfy(name -> assertThat(folder.resolve(name)).exists());

        var patches = kustomization.json().path("patches").findValuesAsText("path");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml"))
                            .map(file -> file.getFileName().toString())
                            .filter(file -> !file.equals("kustomization.yaml")))
                    .allSatisfy(file -> assertThat(named.contains(file) || patches.contains(file))
                            .as(folder + "/" + file)
                            .isTrue());
        }
    }

    static Stream<Manifest> kustomizations() {
        return manifests()
                .filter(manifest -> List.of("Kustomization", "Component").contains(manifest.kind()));
    }

    private static Stream<String> stream(Manifest kustomization, String member) {
        return Stream.iterate(0, at -> at + 1)
                .limit(kustomization.json().path(member).size())
                .map(at -> kustomization.json().path(member).path(at).asText());
    }

    @Test
    void areAllListedForArgo() throws IOException {
        var listed = stream(
                        Manifest.below("argo").stream()
                                .filter(manifest -> manifest.kind().equals("Kustomization"))
                                .findFirst()
                                .orElseThrow(),
                        "resources")
                .map(Path.of("argo")::resolve)
                .toList();
        try (Stream<Path> files = Files.walk(Path.of("argo"), 2)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")).filter(file -> file.getNameCount() == 3))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }
}
