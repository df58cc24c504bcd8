package io.xtribe.fusionhub.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What nothing else finds in sensors and event sources: events that no source has, values that go into another argument than they are
 * meant for (they go by their place in the list), values of an event that nobody has looked at, workflows that cannot be made.
 */
final class SensorRules {

    private static final Pattern ARGUMENT = Pattern.compile("spec\\.arguments\\.parameters\\.(\\d+)\\.value");
    private static final Pattern ANCHORED = Pattern.compile("\\^.*\\$");
    /** Where the event calls a value otherwise. */
    private static final Map<String, String> RENAMED = Map.of("correlationId", "incident", "id", "request");

    private static final String FROM_JOB = "fusion-{{ .Input.body.data.job }}";

    private final Set<String> events;
    private final List<Manifest> all;
    private final WorkflowRules workflows;
    private final List<String> problems = new ArrayList<>();

    SensorRules(List<Manifest> manifests) {
        all = manifests;
        workflows = new WorkflowRules(manifests);
        events = of("EventSource")
                .flatMap(source -> Stream.of("nats", "webhook").flatMap(type -> {
                    source.spec()
                            .path(type)
                            .forEach(event -> duration(source, event.at("/connectionBackoff/duration")));
                    return source.spec().path(type).properties().stream()
                            .map(event -> source.name() + "/" + event.getKey());
                }))
                .collect(Collectors.toSet());
        of("Sensor").forEach(this::check);
    }

    List<String> problems() {
        var found = new ArrayList<>(problems);
        found.addAll(workflows.problems());
        return found;
    }

    private Stream<Manifest> of(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    private void check(Manifest sensor) {
        var dependencies = WorkflowRules.named(sensor.spec().path("dependencies"));
        dependencies.values().forEach(dependency -> {
            var event = dependency.path("eventSourceName").asText() + "/"
                    + dependency.path("eventName").asText();
            if (!events.contains(event)) {
                problem(sensor, "no event source has the event " + event);
            }
        });
        sensor.spec().path("triggers").forEach(trigger -> {
            duration(sensor, trigger.at("/retryStrategy/duration"));
            trigger(sensor, dependencies, trigger.path("template"));
        });
    }

    private void trigger(Manifest sensor, Map<String, JsonNode> dependencies, JsonNode template) {
        var condition = template.path("conditions").asText();
        if (!dependencies.containsKey(condition)) {
            problem(sensor, "no dependency is called " + condition);
            return;
        }
        var filters = filters(sensor, dependencies.get(condition));
        var workflow = template.at("/k8s/source/resource");
        StrictTypes.problems(workflow).forEach(what -> problem(sensor, what));
        var where = sensor.title() + ", " + template.path("name").asText();
        for (var spec : made(template, workflow.path("spec"), filters)) {
            workflows.submitted(where, spec);
        }
        template.at("/k8s/parameters").forEach(parameter -> parameter(sensor, condition, filters, workflow, parameter));
    }

    private void parameter(
            Manifest sensor, String condition, Map<String, String> filters, JsonNode workflow, JsonNode parameter) {
        var source = parameter.path("src");
        if (!source.path("dependencyName").asText().equals(condition)) {
            problem(sensor, "a value of another dependency than " + condition + ": " + source);
        }
        var key = source.path("dataKey").asText();
        if (!key.isEmpty() && !filters.containsKey(key)) {
            problem(sensor, "nobody has looked at " + key);
        }
        var argument = ARGUMENT.matcher(parameter.path("dest").asText());
        if (!argument.matches()) {
            return;
        }
        var name = key.substring(key.lastIndexOf('.') + 1);
        var wanted =
                RENAMED.getOrDefault(name, name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        var taker = workflow.at("/spec/arguments/parameters").path(Integer.parseInt(argument.group(1)));
        if (!taker.path("name").asText().equals(wanted)) {
            problem(sensor, key + " goes into the argument " + taker.path("name") + " of " + parameter.path("dest"));
        }
    }

    /** The specs of workflows that a trigger can make: one, or one for each job where the event names it. */
    private static List<JsonNode> made(JsonNode template, JsonNode spec, Map<String, String> filters) {
        var isNamed = WorkflowRules.entries(template.at("/k8s/parameters"))
                .anyMatch(parameter -> parameter.path("dest").asText().equals("spec.workflowTemplateRef.name")
                        && parameter.at("/src/dataTemplate").asText().equals(FROM_JOB));
        if (!isNamed) {
            return List.of(spec);
        }
        return Stream.of(filters.getOrDefault("body.data.job", "")
                        .replaceAll("[\\^$()]", "")
                        .split("\\|"))
                .map(job -> {
                    ObjectNode one = spec.deepCopy();
                    one.putObject("workflowTemplateRef").put("name", "fusion-" + job);
                    return (JsonNode) one;
                })
                .toList();
    }

    private Map<String, String> filters(Manifest sensor, JsonNode dependency) {
        return WorkflowRules.entries(dependency.at("/filters/data"))
                .peek(filter -> {
                    if (filter.path("type").asText().equals("string")
                            && !ANCHORED.matcher(filter.at("/value/0").asText()).matches()) {
                        problem(sensor, "a pattern that is found anywhere: " + filter);
                    }
                })
                .collect(Collectors.toMap(filter -> filter.path("path").asText(), filter -> filter.at("/value/0")
                        .asText()));
    }

    private void duration(Manifest manifest, JsonNode value) {
        if (!value.isMissingNode()
                && !WorkflowRules.DURATION.matcher(value.asText()).matches()) {
            problem(manifest, "no duration: " + value);
        }
    }

    private void problem(Manifest manifest, String what) {
        problems.add(manifest.title() + ": " + what);
    }
}
