package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;

/**
 * What an API server that refuses unknown members would say, and more: it lets those of Argo Events pass. Kubernetes' own kinds are
 * read into its own types, Argo's are held against closed schemas, and of other operators only the members that are listed are known.
 */
final class StrictTypes {

    private static final Path SCHEMAS = Path.of("src/test/resources/argo");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(OffsetDateTime.class, (JsonDeserializer<OffsetDateTime>)
                    (time, type, context) -> OffsetDateTime.parse(time.getAsString()))
            .create();
    private static final Map<String, Class<?>> BUILT_IN = Map.ofEntries(
            Map.entry("v1/ConfigMap", V1ConfigMap.class),
            Map.entry("v1/Namespace", V1Namespace.class),
            Map.entry("v1/Secret", V1Secret.class),
            Map.entry("v1/Service", V1Service.class),
            Map.entry("v1/ServiceAccount", V1ServiceAccount.class),
            Map.entry("apps/v1/Deployment", V1Deployment.class),
            Map.entry("apps/v1/StatefulSet", V1StatefulSet.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class),
            Map.entry("rbac.authorization.k8s.io/v1/Role", V1Role.class),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding.class));
    private static final Map<String, String> ARGO = Map.of(
            "Workflow", "workflows:io.argoproj.workflow.v1alpha1.",
            "WorkflowTemplate", "workflows:io.argoproj.workflow.v1alpha1.",
            "CronWorkflow", "workflows:io.argoproj.workflow.v1alpha1.",
            "EventBus", "events:io.argoproj.events.v1alpha1.",
            "EventSource", "events:io.argoproj.events.v1alpha1.",
            "Sensor", "events:io.argoproj.events.v1alpha1.");
    private static final Set<String> METADATA =
            Set.of("apiVersion", "kind", "metadata.name", "metadata.labels", "metadata.namespace");
    /** By path, without the positions in lists; what is below a path that is listed with * is free. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "kustomize.config.k8s.io/v1beta1/Kustomization",
                    Set.of(
                            "namespace",
                            "resources",
                            "components",
                            "configurations",
                            "images.name",
                            "images.newName",
                            "images.newTag",
                            "patches.path",
                            "patches.patch",
                            "patches.target.kind",
                            "patches.target.name"),
            "kustomize.config.k8s.io/v1alpha1/Component",
                    Set.of(
                            "resources",
                            "configMapGenerator.name",
                            "configMapGenerator.files",
                            "configMapGenerator.options.disableNameSuffixHash",
                            "configMapGenerator.options.labels.*",
                            "patches.path",
                            "patches.patch",
                            "patches.target.kind",
                            "patches.target.name"),
            "external-secrets.io/v1/ExternalSecret",
                    Set.of(
                            "spec.refreshInterval",
                            "spec.secretStoreRef.kind",
                            "spec.secretStoreRef.name",
                            "spec.target.name",
                            "spec.target.creationPolicy",
                            "spec.dataFrom.extract.key"),
            "keda.sh/v1alpha1/ScaledObject",
                    Set.of(
                            "spec.scaleTargetRef.name",
                            "spec.minReplicaCount",
                            "spec.maxReplicaCount",
                            "spec.pollingInterval",
                            "spec.cooldownPeriod",
                            "spec.fallback.failureThreshold",
                            "spec.fallback.replicas",
                            "spec.triggers.type",
                            "spec.triggers.metadata.natsServerMonitoringEndpoint",
                            "spec.triggers.metadata.account",
                            "spec.triggers.metadata.stream",
                            "spec.triggers.metadata.consumer",
                            "spec.triggers.metadata.lagThreshold",
                            "spec.triggers.metadata.activationLagThreshold"),
            "monitoring.coreos.com/v1/ServiceMonitor",
                    Set.of(
                            "spec.selector.matchLabels.*",
                            "spec.endpoints.port",
                            "spec.endpoints.path",
                            "spec.endpoints.interval"),
            "monitoring.coreos.com/v1/PrometheusRule",
                    Set.of(
                            "spec.groups.name",
                            "spec.groups.rules.alert",
                            "spec.groups.rules.record",
                            "spec.groups.rules.expr",
                            "spec.groups.rules.for",
                            "spec.groups.rules.labels.severity",
                            "spec.groups.rules.annotations.summary",
                            "spec.groups.rules.annotations.runbook"));

    private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private StrictTypes() {}

    /** What is wrong, a line each; a kind that is not known is wrong too. */
    static List<String> problems(JsonNode object) {
        var type =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        if (BUILT_IN.containsKey(type)) {
            return builtIn(BUILT_IN.get(type), object);
        }
        if (OTHERS.containsKey(type)) {
            return other(OTHERS.get(type), object);
        }
        return type.startsWith("argoproj.io/v1alpha1/")
                        && ARGO.containsKey(object.path("kind").asText())
                ? argo(object)
                : List.of("no kind that is known here: " + type);
    }

    private static List<String> builtIn(Class<?> type, JsonNode object) {
        var json = JsonParser.parseString(object.toString());
        try {
            // Members that the type does not have, and those that it must have.
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            // Values of another kind than the member's.
            GSON.fromJson(json, type);
            return List.of();
        } catch (InvocationTargetException e) {
            return List.of(String.valueOf(e.getCause().getMessage()));
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> argo(JsonNode object) {
        return COMPILED.computeIfAbsent(object.path("kind").asText(), StrictTypes::schema).validate(object).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private static JsonSchema schema(String kind) {
        var place = ARGO.get(kind).split(":");
        try (var in = new GZIPInputStream(Files.newInputStream(SCHEMAS.resolve(place[0] + ".schema.json.gz")))) {
            var schema = (ObjectNode) JSON.readTree(in);
            schema.put("$ref", "#/definitions/" + place[1] + kind);
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(schema, SchemaValidatorsConfig.builder().build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> other(Set<String> known, JsonNode object) {
        var paths = new TreeSet<String>();
        paths("", object, paths);
        return paths.stream()
                .filter(path -> !METADATA.contains(path) && !path.startsWith("metadata.labels."))
                .filter(path -> !known.contains(path) && !known.contains(path.replaceFirst("[^.]+$", "*")))
                // A label's name has points of its own.
                .filter(path -> known.stream()
                        .noneMatch(one -> one.endsWith(".*") && path.startsWith(one.substring(0, one.length() - 1))))
                .map(path -> "no member that is known here: " + path)
                .toList();
    }

    private static void paths(String path, JsonNode node, Set<String> found) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> paths(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), found));
        } else if (node.isArray()) {
            node.forEach(entry -> paths(path, entry, found));
        } else {
            found.add(path);
        }
    }
}
